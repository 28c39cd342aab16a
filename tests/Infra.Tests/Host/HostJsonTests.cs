using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Host;

public sealed class HostJsonTests : RuleTests
{
    private const string Path = "host.json";

    [Theory]
    [InlineData(Path, "\"maxDequeueCount\"", "\"maxDequeCount\"", "there is no key extensions.queues.maxDequeCount")]
    [InlineData(Path, "\"routePrefix\": \"\"", "\"routePrefix\": \"api\"", "routePrefix must be \"\"")]
    [InlineData(Path, "\"OpenTelemetry\"", "\"ApplicationInsights\"", "telemetryMode must be")]
    [InlineData(Path, "\"defaultVersion\": \"", "\"defaultVersion\": \"v", "defaultVersion must be")]
    [InlineData(
        Checkout.CompiledTemplate, "\"hubName\": \"Darkroom\"", "\"hubName\": \"darkroom\"", "main.bicep calls the hub \"darkroom\"")]
    [InlineData(Path, "\"maxConcurrentActivityFunctions\": ", "\"maxConcurrentActivityFunctions\": 1, \"was\": ", "less than the 64 slots")]
    [InlineData(
        Path,
            "\"messageEncoding\": \"base64\"",
            "\"messageEncoding\": \"none\"",
            "one row for extensions.queues.messageEncoding, with \"none\"")]
    [InlineData(
        "docs/operations.md",
            "| `extensions.queues.batchSize` |",
            "| `extensions.queues.size` |",
            "one row for extensions.queues.batchSize")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => HostJson.Check(checkout);
}
