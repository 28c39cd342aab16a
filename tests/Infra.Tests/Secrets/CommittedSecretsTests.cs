using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Secrets;

/// <summary>The samples are concatenated, so that no text in this repository looks like a secret.</summary>
public sealed class CommittedSecretsTests : RuleTests
{
    private const string Random = "Zm9vYmFyYmF6" + "MTIzNDU2Nzg5MEFCQ0RFRkdISUpLTE1OT1A";

    [Theory]
    [InlineData(
        "local.settings.sample.json",
            "<MODELSCOPE_SDK_TOKEN>",
            "ms-" + "01234567-89ab-cdef-0123-456789abcdef",
            "looks like a ModelScope token")]
    [InlineData(".github/workflows/ci.yml", "contents: read", "contents: read # Account" + "Key=" + Random, "looks like a storage key")]
    [InlineData("azure.yaml", "host: function", "host: function # ?s" + "ig=" + Random, "looks like a shared access signature")]
    [InlineData(
        "infra/vault.bicep",
            "",
            "// Instrumentation" + "Key=01234567-89ab-cdef-0123-456789abcdef",
            "looks like an instrumentation key")]
    [InlineData("infra/hooks/secrets.sh", "", "# whs" + "ec_" + Random, "looks like a webhook secret")]
    [InlineData(".ci/run", "", "# ey" + "JhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.x", "looks like a JSON web token")]
    [InlineData(".github/workflows/release.yml", "", "# gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6", "looks like a GitHub token")]
    [InlineData("infra/hooks/secrets.ps1", "", "# -----BEGIN RSA " + "PRIVATE KEY-----", "looks like a private key")]
    [InlineData("host.json", "\"Darkroom\"", "\"" + Random + "\"", "looks like a long random text")]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"parameters\": {",
            "\"parameters\": { \"adminPassword\": { \"type\": \"string\", \"defaultValue\": \"hunter2\" },",
            "the parameter adminPassword has its value in the template")]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"MODELSCOPE_API_TOKEN\": \"[",
            "\"MODELSCOPE_API_TOKEN\": \"",
            "MODELSCOPE_API_TOKEN has its value in the template")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => CommittedSecrets.Check(checkout);
}
