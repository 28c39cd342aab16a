using System.Diagnostics;
using System.Text;
using Darkroom.Fuzz.Cases;
using Darkroom.Fuzz.Coverage;
using Darkroom.Fuzz.Findings;

namespace Darkroom.Fuzz.Runs;

/// <summary>
/// Starts workers and prints a line for each target. A worker that ends too early is a finding of the target that it ran.
/// </summary>
internal sealed class Supervisor(FuzzOptions options)
{
    // Above it, allocations fail. So a length that is read from the input and believed is a finding, and not a machine without memory.
    private const string MostMemory = "0x60000000";
    private const int LongestError = 4000;

    /// <summary>Runs all targets. The last line that it prints is <c>N passed, N failed</c>.</summary>
    public async Task<int> RunAsync()
    {
        Instrumentation.Apply();
        var results = new List<TargetResult>();
        while (results.Count < options.Targets.Count)
        {
            string[] left = [.. options.Targets.Except(results.Select(result => result.Target))];
            results.AddRange(await WorkAsync(left));
        }

        CurrentCase.Delete();
        var failed = results.Count(result => !result.IsGood);
        Console.WriteLine($"{results.Sum(result => result.Cases):N0} cases, seed {options.Seed}");
        Console.WriteLine($"{results.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    // At least one result: if the worker ended too early, one that says so.
    private async Task<IReadOnlyList<TargetResult>> WorkAsync(IReadOnlyList<string> targets)
    {
        CurrentCase.Delete();
        var began = Stopwatch.GetTimestamp();
        using var worker = Start(targets);
        var error = worker.StandardError.ReadToEndAsync();
        var results = new List<TargetResult>();
        while (await worker.StandardOutput.ReadLineAsync() is { } line)
        {
            if (TargetResult.TryRead(line) is { } result)
                Show(results, result);
            else
                Console.WriteLine(line);
        }

        await worker.WaitForExitAsync();
        if (results.Count < targets.Count)
            Show(results, Ended(targets[results.Count], worker.ExitCode, await error, Stopwatch.GetElapsedTime(began)));
        return results;
    }

    private TargetResult Ended(string target, int exitCode, string error, TimeSpan took)
    {
        var what = exitCode == Watchdog.HangExitCode ? "The case does not end." : $"The process ended with exit code {exitCode}.";
        var (number, input) = CurrentCase.ReadLast() is { } last && last.Target == target ? (last.Number, last.Input) : (0, []);
        var details = error.Length <= LongestError ? error : error[..LongestError];
        var path = new FindingFolder(options.Seed, FuzzOptions.Folder).Save(new Finding(target, what, details, input));
        return new TargetResult(target, number, NewCoverage: 0, SlowestMs: 0, took.TotalSeconds, [$"{what} ({path})"]);
    }

    private static void Show(List<TargetResult> results, TargetResult result)
    {
        results.Add(result);
        Console.WriteLine(result);
        foreach (var finding in result.Findings)
            Console.WriteLine($"    {finding}");
    }

    private Process Start(IReadOnlyList<string> targets)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(Supervisor).Assembly.Location, .. options.ForWorker(targets)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = MostMemory;
        return Process.Start(start)!;
    }
}
