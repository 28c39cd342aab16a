using System.Collections.Concurrent;
using System.Diagnostics;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>Collects what happens, and prints each broken promise at once.</summary>
internal sealed class ChaosReport(ITestOutputHelper output, int seed)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>All broken promises so far.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Adds one to the count of something.</summary>
    public void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>How often something was counted.</summary>
    public int CountOf(string what) => _counts.GetValueOrDefault(what);

    /// <summary>Reports a broken promise.</summary>
    public void Broken(Promise promise, string how)
    {
        var text = $"{promise}: {how}";
        _violations.Enqueue(text);
        Write($"VIOLATION (seed {seed}) {text}");
    }

    /// <summary>Prints all counts in one line.</summary>
    public void Sum() => Write(string.Join(
        ", ", _counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}").Append(
            $"{_violations.Count} violations")));

    public void Write(string text) => output.WriteLine($"{_watch.Elapsed:hh\\:mm\\:ss} {text}");
}

/// <summary>What the product promises.</summary>
internal enum Promise
{
    NeverPayTwice,
    NeverLoseAPaidPicture,
    NeverLieAboutState,
    NeverLeak,
    NeverHang,
}
