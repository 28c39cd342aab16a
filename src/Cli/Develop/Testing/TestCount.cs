using System.Globalization;
using System.Text.RegularExpressions;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop.Testing;

/// <summary>How many tests of a step passed and failed.</summary>
internal sealed partial record TestCount(int Passed, int Failed)
{
    public static TestCount operator +(TestCount one, TestCount other) => new(one.Passed + other.Passed, one.Failed + other.Failed);

    /// <summary>
    /// Counts a step. A program that ended before its summary counts as one failure, whatever it printed, and so does one without tests. So
    /// does an exit code other than 0 without a failed test.
    /// </summary>
    public static TestCount Of(Counting counting, ToolResult result)
    {
        if (counting == Counting.ExitCode)
            return result.IsSuccess ? new TestCount(1, 0) : new TestCount(0, 1);
        var count = counting == Counting.Xunit ? OfXunit(result.Output) : OfLastLine(result.Output);
        if (count is null || count.Passed + count.Failed == 0)
            return new TestCount(0, 1);
        return count.Failed == 0 && !result.IsSuccess ? count with { Failed = 1 } : count;
    }

    private static TestCount? OfXunit(string output)
    {
        if (XunitSummary.Matches(output) is not [.., var summary])
            return null;
        var failed = Number(summary, "errors") + Number(summary, "failed");
        return new TestCount(Number(summary, "total") - failed - Number(summary, "skipped"), failed);
    }

    private static TestCount? OfLastLine(string output) =>
        LastLine.Match(output.TrimEnd()) is { Success: true } line ? new TestCount(Number(line, "passed"), Number(line, "failed")) : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex XunitSummary { get; }

    [GeneratedRegex(@"(^|\n)(?<passed>\d+) passed, (?<failed>\d+) failed$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LastLine { get; }
}
