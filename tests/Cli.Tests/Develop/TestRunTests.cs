using System.Collections.Concurrent;
using Darkroom.Cli.Develop;
using Darkroom.Cli.Develop.Testing;

namespace Darkroom.Cli.Tests.Develop;

public sealed class TestRunTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Run_Lanes_CountsAllStepsAndRunsTheAloneOnesLast()
    {
        var count = await RunAsync(
            TestStep.Counted("alone", Lane.Alone, "sh", "-c", "test -e one && test -e two && echo '1 passed, 0 failed'"),
            TestStep.Check("one", Lane.Checks, "touch", "one"),
            TestStep.Counted("two", Lane.Waiting, "sh", "-c", "touch two; echo '5 passed, 1 failed'; exit 1"));

        Assert.Equal(new TestCount(7, 1), count);
        Assert.Contains("✓ one ", $"{_output}", StringComparison.Ordinal);
        Assert.Contains("✗ two ", $"{_output}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StepFails_PrintsItsOutput()
    {
        await RunAsync(
            TestStep.Check("bad", Lane.Checks, "sh", "-c", "echo the reason; exit 1"),
            TestStep.Check("good", Lane.Checks, "echo", "quiet"));

        Assert.Contains("the reason", $"{_output}", StringComparison.Ordinal);
        Assert.DoesNotContain("quiet", $"{_output}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramMissing_IsAFailure() =>
        Assert.Equal(new TestCount(0, 1), await RunAsync(TestStep.Check("none", Lane.Checks, "no-such-program-here")));

    [Fact]
    public async Task Run_StepNeedsChromium_GetsItsPath()
    {
        var step = TestStep.Check("page", Lane.Checks, "sh", "-c", "test \"$DARKROOM_CHROMIUM\" = /opt/chromium");

        Assert.Equal(new TestCount(1, 0), await RunAsync(step with { NeedsChromium = true }));
    }

    [Fact]
    public async Task Run_Interrupted_EndsTheProgram()
    {
        using var interruption = new CancellationTokenSource();
        var began = new ConcurrentQueue<string>();
        var report = new TestReport(new Announcing(text =>
        {
            began.Enqueue(text);
            interruption.CancelAfter(TimeSpan.FromMilliseconds(1));
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Run(report).RunAsync([TestStep.Check("long", Lane.Checks, "sleep", "86397")], interruption.Token));
        Assert.Equal(["› long"], began);
    }

    private Task<TestCount> RunAsync(params TestStep[] steps) => Run(new TestReport(_output)).RunAsync(steps, CancellationToken.None);

    private TestRun Run(TestReport report)
    {
        var search = new ChromiumSearch { Environment = _ => "/opt/chromium", OnPath = _ => null, Exists = _ => true };
        return new TestRun(_folder.Path, report, new Chromium(search, _ => { }), TimeProvider.System);
    }

    private sealed class Announcing(Action<string> tell) : StringWriter
    {
        public override void WriteLine(string? value) => tell(value ?? "");
    }
}
