using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Settings;

public sealed class AppSettingsTests : RuleTests
{
    private const string Page = "docs/settings.md";

    [Theory]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"Darkroom__Slots\":",
            "\"Darkroom__Slot\":",
            "Darkroom__Slot is set, and the code does not read it")]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"DURABLE_TASK_SCHEDULER_CONNECTION_STRING\":",
            "\"DURABLE_TASK_SCHEDULER\":",
            "DURABLE_TASK_SCHEDULER is set, and")]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"MODELSCOPE_API_TOKEN\":",
            "\"MODELSCOPE_SDK_TOKEN\":",
            "MODELSCOPE_API_TOKEN has no default and is not set")]
    [InlineData(Page, "", "| `Darkroom__New` | text | – | Something new. |\n", "Darkroom__New has no default and is not set")]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"Darkroom__Slots\":",
            "\"FUNCTIONS_EXTENSION_VERSION\": \"~4\", \"Darkroom__Slots\":",
            "FUNCTIONS_EXTENSION_VERSION must not be set")]
    [InlineData(Page, "", "| `AZURE_CLIENT_ID` | text | – | An identity. |\n", "remove it from \"platform\"")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => AppSettings.Check(checkout);
}
