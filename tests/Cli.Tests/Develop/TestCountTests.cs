using Darkroom.Cli.Develop.Testing;
using Darkroom.Cli.Tooling;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Develop;

public sealed class TestCountTests
{
    private const string Summary = "   Darkroom.Cli.Tests  Total: 10, Errors: 1, Failed: 2, Skipped: 3, Not Run: 0, Time: 1.0s\n";

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 1)]
    public void Of_Check_IsOne(int exitCode, int passed, int failed) =>
        Assert.Equal(new TestCount(passed, failed), TestCount.Of(Counting.ExitCode, new ToolResult(exitCode, Summary)));

    [Fact]
    public void Of_Xunit_CountsErrorsAsFailures() =>
        Assert.Equal(new TestCount(4, 3), TestCount.Of(Counting.Xunit, new ToolResult(1, Summary)));

    [Theory]
    [InlineData("", 0, 0, 1)]
    [InlineData("Total: 0, Errors: 0, Failed: 0, Skipped: 0", 0, 0, 1)]
    [InlineData("Total: 5, Errors: 0, Failed: 0, Skipped: 0", 134, 5, 1)]
    public void Of_XunitDiedOrFoundNoTest_IsAFailure(string output, int exitCode, int passed, int failed) =>
        Assert.Equal(new TestCount(passed, failed), TestCount.Of(Counting.Xunit, new ToolResult(exitCode, output)));

    [Theory]
    [InlineData("noise\n12 passed, 0 failed\n\n", 0, 12, 0)]
    [InlineData("12 passed, 3 failed", 1, 12, 3)]
    [InlineData("12 passed, 0 failed\nand more", 0, 0, 1)]
    [InlineData("12 passed, 0 failed", 1, 12, 1)]
    public void Of_LastLine_CountsIt(string output, int exitCode, int passed, int failed) =>
        Assert.Equal(new TestCount(passed, failed), TestCount.Of(Counting.LastLine, new ToolResult(exitCode, output)));

    [Fact]
    public void Steps_HaveEachTestProject()
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests")
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(Path.GetFileName);

        Assert.Empty(projects.Append("EndToEnd").Except(TestPlan.Steps.Select(step => step.Name)));
    }
}
