using System.CommandLine;
using Darkroom.TestKit;

namespace Darkroom.Fuzz;

/// <summary>What is fuzzed, and for how long.</summary>
/// <param name="Targets">The names of the targets.</param>
/// <param name="Minutes">How long all targets together run; null for the fixed numbers of cases of the short form.</param>
/// <param name="Seed">The seed of the random numbers.</param>
/// <param name="IsWorker">Whether this process runs the cases.</param>
internal sealed record FuzzOptions(IReadOnlyList<string> Targets, double? Minutes, int Seed, bool IsWorker)
{
    /// <summary>Where findings are saved.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "TestResults", "fuzz");

    /// <summary>Reads the command line; null if it is wrong, after the reason was printed.</summary>
    public static FuzzOptions? Read(string[] args)
    {
        var targets = new Argument<string[]>("target") { Arity = ArgumentArity.ZeroOrMore };
        targets.AcceptOnlyFromAmong([.. TargetNames.All]);
        var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var isShort = new Option<bool>("--short");
        var isWorker = new Option<bool>("--worker") { Hidden = true };
        var parsed = new RootCommand { targets, minutes, seed, isShort, isWorker }.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Console.Error.WriteLine(error.Message);
            return null;
        }

        var chosen = parsed.GetValue(targets) is { Length: > 0 } given ? given : TargetNames.All;
        return new FuzzOptions(
            chosen,
            parsed.GetValue(isShort) ? null : parsed.GetValue(minutes),
            parsed.GetValue(seed),
            parsed.GetValue(isWorker));
    }

    /// <summary>The command line of a worker for some of the targets, with their share of the time.</summary>
    public IEnumerable<string> ForWorker(IReadOnlyList<string> targets) =>
    [
        .. targets, "--worker", "--seed", $"{Seed}",
        .. Minutes is { } minutes ? ["--minutes", $"{minutes / Targets.Count * targets.Count}"] : (string[])["--short"],
    ];
}
