using Darkroom.Cli.Jobs;
using Darkroom.Cli.Screen;

namespace Darkroom.Cli.Batches;

/// <summary>The text output of the batch commands.</summary>
internal static class BatchText
{
    public static string Progress(BatchState batch)
    {
        var counts = batch.Counts;
        string?[] parts =
        [
            BatchWords.OverOf.With(counts.Over, counts.Total),
            counts.Running > 0 ? BatchWords.CountRunning.With(counts.Running) : null,
            counts.Failed > 0 ? BatchWords.CountFailed.With(counts.Failed) : null,
            counts.Canceled > 0 ? BatchWords.CountCanceled.With(counts.Canceled) : null,
            batch.RatePerMinute is > 0 and var rate ? BatchWords.Rate.With(rate) : null,
            batch.EtaSeconds is > 0 and var eta ? Words.TimeLeft.With(Durations.Text(eta)) : null,
        ];
        return string.Join(BatchWords.Comma, parts.OfType<string>());
    }

    public static string Result(BatchState batch)
    {
        var counts = batch.Counts;
        var unknown = batch.Unknown > 0 ? $" {BatchWords.CountUnknown.With(batch.Unknown)}" : "";
        return BatchWords.Result.With(batch.Id, counts.Succeeded, counts.Failed, counts.Canceled) + unknown;
    }

    public static IEnumerable<Fact> Facts(BatchState batch) =>
    [
        new(BatchWords.FactBatch, batch.Id),
        new(JobWords.FactStatus, Status(batch.Status)),
        new(JobWords.FactCreated, JobText.Time(batch.CreatedAt)),
        new(BatchWords.FactItems, Progress(batch)),
        new(BatchWords.FactUnknown, batch.Unknown > 0 ? BatchWords.CountUnknown.With(batch.Unknown) : null),
        new(BatchWords.FactParent, batch.Parent),
        new(JobWords.FactSave, batch.IsFinished && batch.Counts.Succeeded > 0 ? $"darkroom batch --resume {batch.Id} --out DIR" : null),
        new(BatchWords.FactRetry, batch.IsFinished && batch.Counts.Failed > batch.Unknown ? $"darkroom retry {batch.Id}" : null),
    ];

    public static IEnumerable<string> Check(BatchCheck check)
    {
        foreach (var wrong in check.Invalid)
            yield return BatchWords.InvalidLine.With(wrong.Line, wrong.Field is null ? wrong.Message : $"{wrong.Field}: {wrong.Message}");
        var invalid = check.InvalidLines ?? check.Invalid.Select(wrong => wrong.Line).Distinct().Count();
        string?[] parts =
        [
            BatchWords.CountValid.With(check.Total),
            BatchWords.CountInvalid.With(invalid),
            check.Credits is { } cost ? BatchWords.Cost.With(cost.Min, cost.Max) : null,
            check.EtaSeconds is { } eta ? BatchWords.About.With(Durations.Text(eta)) : null,
        ];
        yield return BatchWords.NothingSubmitted.With(string.Join(BatchWords.Comma, parts.OfType<string>()));
    }

    private static string Status(string status) => status switch
    {
        "running" => BatchWords.Running,
        "canceling" => JobWords.Canceling,
        "finished" => BatchWords.Finished,
        _ => status,
    };
}
