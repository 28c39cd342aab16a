using Darkroom.Cli.Doctor;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Tests.Doctor;

public sealed class MachineDiagnosisTests
{
    private static readonly MachineFacts Well = new()
    {
        Sdk = new ToolResult(0, "10.0.100\n"),
        Node = new ToolResult(0, "v20.19.0\n"),
        AreNpmPackagesCurrent = true,
        Ports = [new PortFacts(7071) { IsFree = true }],
        State = new StateFacts("/state"),
        IsOtherStorage = false,
    };

    [Fact]
    public void Of_EverythingThere_IsOk() => Assert.All(MachineDiagnosis.Of(Well), finding => Assert.Equal(Level.Ok, finding.Level));

    [Theory]
    [InlineData(127, "", "missing")]
    [InlineData(0, "v18.20.4", "v18.20.4")]
    [InlineData(0, "v20.18.9", "v20.18.9")]
    [InlineData(0, "nonsense", "nonsense")]
    public void Of_NodeMissingOrOld_IsAProblem(int exitCode, string output, string message)
    {
        var finding = Find(Well with { Node = new ToolResult(exitCode, output) }, "Node.js");

        Assert.Equal((Level.Problem, message), (finding.Level, finding.Message));
        Assert.Contains("https://nodejs.org", finding.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SdkMissing_IsAProblem()
    {
        var finding = Find(Well with { Sdk = new ToolResult(Tool.NotFound, "") }, ".NET SDK");

        Assert.Equal(Level.Problem, finding.Level);
        Assert.Contains("https://dotnet.microsoft.com/download", finding.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PortTaken_IsAWarningWithTheProcessUnlessItIsOurs()
    {
        var facts = Well with { Ports = [new PortFacts(7071, 42), new PortFacts(10000, 43) { IsOurs = true }, new PortFacts(10001)] };

        Assert.Equal(
            (Level.Warning, "taken by process 42"), (Find(facts, "port 7071").Level, Find(facts, "port 7071").Message));
        Assert.Contains("--port N", Find(facts, "port 7071").Cure, StringComparison.Ordinal);
        Assert.Equal(Level.Ok, Find(facts, "port 10000").Level);
        Assert.Contains("--storage-port N", Find(facts, "port 10001").Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_StateFolderNotWritable_IsAProblem() =>
        Assert.Equal(Level.Problem, Find(Well with { State = new StateFacts("/state", "denied") }, "state folder").Level);

    [Fact]
    public void Of_NpmPackagesOld_IsAWarning() =>
        Assert.Equal(Level.Warning, Find(Well with { AreNpmPackagesCurrent = false }, "npm packages").Level);

    private static Finding Find(MachineFacts facts, string check) => MachineDiagnosis.Of(facts).Single(finding => finding.Check == check);
}
