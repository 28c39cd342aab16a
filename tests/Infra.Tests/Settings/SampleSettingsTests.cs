using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Settings;

public sealed class SampleSettingsTests : RuleTests
{
    [Theory]
    [InlineData("\"FUNCTIONS_WORKER_RUNTIME\"", "\"FUNCTION_WORKER_RUNTIME\"", "there is no setting FUNCTION_WORKER_RUNTIME")]
    [InlineData("<MODELSCOPE_SDK_TOKEN>", "ms-something", "MODELSCOPE_API_TOKEN must be a placeholder")]
    [InlineData("\"IsEncrypted\": false", "\"IsEncrypted\": true", "IsEncrypted must be false")]
    public void Check_Mistake_IsReported(string text, string mistake, string expected) =>
        AssertReports("local.settings.sample.json", text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => SampleSettings.Check(checkout);
}
