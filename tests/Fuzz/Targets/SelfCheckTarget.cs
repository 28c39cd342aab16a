using Darkroom.Fuzz.Cases;
using Darkroom.Fuzz.Runs;

namespace Darkroom.Fuzz.Targets;

/// <summary>A parser with three faults. A run that does not find all of them would find none in the product either.</summary>
internal sealed class SelfCheckTarget : FuzzTarget
{
    private const string Broken = "A rule that does not hold.";
    private const int TooMany = 100_000;

    private static readonly string[] Faults = [nameof(NotSupportedException), Broken, "Allocates more than"];

    public override string Name => TargetNames.SelfCheck;

    public override IReadOnlyList<string> Words => [];

    public override int ShortCases => 1000;

    public override long AllocationBase => TooMany / 2;

    /// <summary>The result of a run: good if all faults were found.</summary>
    public static TargetResult Judge(TargetResult run) => run with
    {
        Findings = [.. Faults.Where(fault => !run.Findings.Any(finding => finding.Contains(fault, StringComparison.Ordinal)))
            .Select(fault => $"A seeded fault was not found: {fault}")],
    };

    public override Task RunAsync(byte[] input)
    {
        switch (input.Length % 10)
        {
            case 1:
                throw new NotSupportedException();
            case 2:
                Rule.Holds(holds: false, Broken);
                break;
            case 3:
                GC.KeepAlive(new byte[TooMany]);
                break;
        }

        return Task.CompletedTask;
    }
}
