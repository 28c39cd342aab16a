using Darkroom.Fuzz.Cases;
using Darkroom.Fuzz.Findings;
using Darkroom.Fuzz.Targets;

namespace Darkroom.Fuzz.Runs;

/// <summary>Fuzzes targets in this process, and writes a line of JSON for each.</summary>
internal static class Worker
{
    public static int Run(FuzzOptions options)
    {
        using var cases = new CaseRunner();
        TimeSpan? share = options.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes / options.Targets.Count) : null;
        foreach (var name in options.Targets)
        {
            // Each target has the same random numbers, whichever others run.
            var result = name == TargetNames.SelfCheck
                ? SelfCheck(cases)
                : Run(TargetList.Create(name), cases, options, share);
            Console.WriteLine(result.ToJson());
        }

        return 0;
    }

    private static TargetResult Run(FuzzTarget target, CaseRunner cases, FuzzOptions options, TimeSpan? share)
    {
        var run = new TargetRun(target, cases, new FindingFolder(options.Seed, FuzzOptions.Folder), new Random(options.Seed));
        var result = run.Run(new Budget(share is null ? target.ShortCases : null, share));
        return result.NewCoverage > 0 ? result : result with { Findings = [.. result.Findings, "The product is not instrumented."] };
    }

    private static TargetResult SelfCheck(CaseRunner cases)
    {
        var folder = Directory.CreateTempSubdirectory("darkroom-fuzz-");
        var target = new SelfCheckTarget();
        var run = new TargetRun(target, cases, new FindingFolder(seed: 1, folder.FullName), new Random(1));
        var result = SelfCheckTarget.Judge(run.Run(new Budget(target.ShortCases, Time: null)));
        folder.Delete(recursive: true);
        return result;
    }
}
