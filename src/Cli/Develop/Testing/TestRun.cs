using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop.Testing;

/// <summary>Runs the steps of a plan: the lanes side by side, then the steps that need the machine for themselves.</summary>
internal sealed class TestRun(string root, TestReport report, Chromium chromium, TimeProvider time)
{
    public async Task<TestCount> RunAsync(IReadOnlyList<TestStep> steps, CancellationToken cancellation)
    {
        var browser = steps.Any(step => step.NeedsChromium) ? await chromium.RequireAsync(cancellation) : null;
        var lanes = steps.ToLookup(step => step.Lane);
        var counts = await Task.WhenAll(
            lanes.Where(lane => lane.Key != Lane.Alone).Select(lane => LaneAsync(lane, browser, cancellation)));
        return counts.Append(await LaneAsync(lanes[Lane.Alone], browser, cancellation)).Aggregate((one, other) => one + other);
    }

    private async Task<TestCount> LaneAsync(IEnumerable<TestStep> steps, string? browser, CancellationToken cancellation)
    {
        var sum = new TestCount(0, 0);
        foreach (var step in steps)
            sum += await StepAsync(step, browser, cancellation);
        return sum;
    }

    private async Task<TestCount> StepAsync(TestStep step, string? browser, CancellationToken cancellation)
    {
        report.Begin(step.Name);
        var began = time.GetTimestamp();
        var call = step.Call with { Directory = root };
        if (step.NeedsChromium && browser is not null)
            call = call with { Environment = new Dictionary<string, string> { [ChromiumSearch.Variable] = browser } };
        var result = await Tool.RunAsync(call, cancellation);
        var count = TestCount.Of(step.Counts, result);
        report.End(step.Name, count, time.GetElapsedTime(began), result.Output);
        return count;
    }
}
