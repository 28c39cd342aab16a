using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Telemetry;

public sealed class MetricsTests : RuleTests
{
    [Theory]
    [InlineData("infra/monitoring/queries/credits.kql", "darkroom.credits", "darkroom.credit", "there is no metric darkroom.credit")]
    [InlineData("infra/monitoring/queries/failures.kql", "['status']", "['state']", "there is no tag state")]
    [InlineData("infra/monitoring/workbook.json", "darkroom.lag", "darkroom.polls", "nothing shows the metric darkroom.lag")]
    [InlineData("src/Functions/Meters.cs", "", "meter.CreateCounter<long>(\"darkroom.surprises\");", "the code emits darkroom.surprises")]
    [InlineData(
        "src/Functions/Telemetry/GateMetrics.cs",
            "\"darkroom.credits\"",
            "\"darkroom.money\"",
            "the code does not emit darkroom.credits")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => Metrics.Check(checkout);
}
