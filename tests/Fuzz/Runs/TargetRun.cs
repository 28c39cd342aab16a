using Darkroom.Fuzz.Cases;
using Darkroom.Fuzz.Findings;
using Darkroom.Fuzz.Mutation;
using Darkroom.Fuzz.Targets;

namespace Darkroom.Fuzz.Runs;

/// <summary>Fuzzes one target: its seeds first, then inputs that are made from them and from those that reached new code.</summary>
internal sealed class TargetRun(FuzzTarget target, CaseRunner cases, FindingFolder folder, Random random)
{
    // A parser that fails often would fill the folder with the same.
    private const int MostFindings = 20;

    private readonly Dictionary<string, string> _findings = new(StringComparer.Ordinal);
    private Corpus _corpus = new();
    private long _count;
    private int _new;
    private TimeSpan _slowest;

    public TargetResult Run(Budget budget)
    {
        cases.Begin(target);
        // Once before the measuring, so that what is created at the first use is not counted.
        foreach (var seed in Corpus.SeedsOf(target))
            cases.Run(target, seed);
        foreach (var seed in Corpus.SeedsOf(target))
        {
            Try(seed);
            _corpus.Add(seed, random);
        }

        var leaks = new LeakCheck();
        var mutator = new Mutator(target, random);
        while (!budget.IsUsedUp(_count) && _findings.Count < MostFindings)
            Try(mutator.Next(_corpus));

        _corpus = new Corpus();
        if (leaks.Problem() is { } leak)
            _findings[leak] = leak;
        return new TargetResult(
            target.Name, _count, _new, _slowest.TotalMilliseconds, budget.Used.TotalSeconds, [.. _findings.Values]);
    }

    private void Try(byte[] input)
    {
        var outcome = cases.Run(target, input);
        _count++;
        if (outcome.Took > _slowest)
            _slowest = outcome.Took;
        if (cases.Coverage.TakeNew())
        {
            _new++;
            _corpus.Add(input, random);
        }

        if (FailureOf(input, outcome) is { } failure)
            Report(Finding.Of(target.Name, failure, input));
    }

    private Exception? FailureOf(byte[] input, CaseOutcome outcome)
    {
        if (outcome.Failure is not null || outcome.Allocated <= CapOf(input))
            return outcome.Failure;
        // Once more: the runtime may have created something that it keeps.
        var again = cases.Run(target, input);
        return again.Allocated <= CapOf(input)
            ? again.Failure
            : new BrokenRuleException($"Allocates more than {target.AllocationBase} bytes and {target.AllocationPerByte} for each byte.");
    }

    private long CapOf(byte[] input) => target.AllocationBase + (target.AllocationPerByte * input.Length);

    private void Report(Finding finding)
    {
        if (_findings.ContainsKey(finding.Key))
            return;
        var input = Minimizer.Shorten(finding.Input, shorter => KeyOf(shorter) == finding.Key);
        _findings[finding.Key] = $"{finding.Key} ({folder.Save(finding with { Input = input })})";
    }

    private string? KeyOf(byte[] input) =>
        FailureOf(input, cases.Run(target, input)) is { } failure ? Finding.Of(target.Name, failure, input).Key : null;
}
