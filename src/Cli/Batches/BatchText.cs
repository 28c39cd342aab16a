namespace Darkroom.Cli.Batches;

/// <summary>The text output of the batch command.</summary>
internal static class BatchText
{
    public static string Progress(BatchState batch)
    {
        var counts = batch.Counts;
        string?[] parts =
        [
            $"{counts.Over} of {counts.Total} finished",
            counts.Running > 0 ? $"{counts.Running} running" : null,
            counts.Failed > 0 ? $"{counts.Failed} failed" : null,
            counts.Canceled > 0 ? $"{counts.Canceled} canceled" : null,
            batch.RatePerMinute is > 0 and var rate ? $"{rate:0.#} a minute" : null,
            batch.EtaSeconds is > 0 and var eta ? $"{Duration(eta)} left" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    public static string Result(BatchState batch)
    {
        var counts = batch.Counts;
        var unknown = batch.Unknown > 0 ? $" ({batch.Unknown} of them have an unknown outcome and may have been paid for)" : "";
        return $"Batch {batch.Id}: {counts.Succeeded} succeeded, {counts.Failed} failed{unknown}, {counts.Canceled} canceled.";
    }

    public static IEnumerable<string> Check(BatchCheck check)
    {
        foreach (var wrong in check.Invalid)
            yield return $"line {wrong.Line}: {(wrong.Field is null ? "" : $"{wrong.Field}: ")}{wrong.Message}";
        var credits = check.Credits is { } cost ? $", {cost.Min:0.#} to {cost.Max:0.#} credits" : "";
        var time = check.EtaSeconds is { } eta ? $", about {Duration(eta)}" : "";
        yield return $"{check.Total} valid, {check.Invalid.Select(wrong => wrong.Line).Distinct().Count()} invalid{credits}{time}. "
            + "Nothing was submitted.";
    }

    private static string Duration(int seconds) => seconds switch
    {
        < 90 => $"{seconds} s",
        < 5400 => $"{(seconds + 30) / 60} min",
        _ => $"{seconds / 3600.0:0.0} h",
    };
}
