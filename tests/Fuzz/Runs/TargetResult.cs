using System.Globalization;
using System.Text.Json;

namespace Darkroom.Fuzz.Runs;

/// <summary>What fuzzing a target gave. A worker writes it as a line of JSON, the supervisor as a line for people.</summary>
internal sealed record TargetResult(
    string Target, long Cases, int NewCoverage, double SlowestMs, double Seconds, IReadOnlyList<string> Findings)
{
    public bool IsGood => Findings.Count == 0;

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads a line of a worker; null if it is another line.</summary>
    public static TargetResult? TryRead(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<TargetResult>(line) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsGood ? "✓" : "✗")} {Target,-10} {Cases,12:N0} cases  {NewCoverage,6:N0} new coverage  slowest {SlowestMs,7:N1} ms  "
            + $"{Findings.Count} findings  {Seconds:0} s");
}
