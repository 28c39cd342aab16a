using System.Globalization;

namespace Darkroom.Cli.Up;

/// <summary>
/// Ends the processes of an earlier <c>up</c> that was killed. Their watchers normally end them within seconds, so this first waits, and
/// then ends what is left. A process counts as ours only if its command line is the recorded one, because ids are reused.
/// </summary>
internal static class Leftovers
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ByThemselves = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan WhenAsked = TimeSpan.FromSeconds(10);

    public static void Remember(string file, IEnumerable<Child> children) =>
        File.WriteAllLines(file, children.Select(child => $"{child.ProcessId}\t{ProcessCommands.OnOneLine(child.CommandLine)}"));

    public static async Task EndAsync(string file, TimeProvider time, Action<string> tell, CancellationToken cancellation)
    {
        var left = Alive(file);
        if (left.Count == 0)
            return;
        tell(UpWords.WaitingForLeftovers);
        if (!await AreGoneAsync(file, ByThemselves, time, cancellation))
        {
            foreach (var process in Alive(file))
                Signals.AskToEnd(process);
            if (!await AreGoneAsync(file, WhenAsked, time, cancellation))
                Alive(file).ForEach(Signals.Kill);
        }

        File.Delete(file);
    }

    private static async Task<bool> AreGoneAsync(string file, TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        while (Alive(file).Count > 0)
        {
            if (time.GetElapsedTime(begin) > within)
                return false;
            await Task.Delay(Pause, time, cancellation);
        }

        return true;
    }

    private static List<int> Alive(string file) => !File.Exists(file) ? [] : [.. File.ReadLines(file)
        .Select(line => line.Split('\t', 2))
        .Where(
            parts =>
                parts.Length == 2 && parts[1].Length > 0
                    && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    && ProcessCommands.Of(id).EndsWith(parts[1], StringComparison.Ordinal))
        .Select(parts => int.Parse(parts[0], CultureInfo.InvariantCulture))];
}
