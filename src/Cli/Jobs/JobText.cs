using System.Globalization;

namespace Darkroom.Cli.Jobs;

/// <summary>The text output of the job commands.</summary>
internal static class JobText
{
    /// <summary>The state of the job in a few words.</summary>
    public static string Doing(Job job)
    {
        var words = (job.CancelRequested && !job.IsOver, job.Status) switch
        {
            (true, _) => JobWords.Canceling,
            (_, "queued") when job.Progress.QueuePosition is { } position => JobWords.QueuedAt.With(position),
            (_, "generating") when job.Progress.Percent > 0 => JobWords.GeneratingPercent.With(job.Progress.Percent),
            _ => Status(job.Status),
        };
        var until = job.Waiting?.ResumeAt is { } at ? $" {JobWords.Until.With(Time(at))}" : "";
        return job.Waiting is { } waiting && !job.IsOver ? $"{words}: {waiting.Reason}{until}" : words;
    }

    /// <summary>A status in words. A status that this command does not know is shown as it is.</summary>
    public static string Status(string status) => status switch
    {
        "queued" => JobWords.Queued,
        "submitting" => JobWords.Submitting,
        "generating" => JobWords.Generating,
        "saving" => JobWords.Saving,
        "waitingForCredits" => JobWords.WaitingForCredits,
        "succeeded" => JobWords.Succeeded,
        "partiallySucceeded" => JobWords.PartiallySucceeded,
        "failed" => JobWords.Failed,
        "expired" => JobWords.Expired,
        "canceled" => JobWords.Canceled,
        "submissionUnknown" => JobWords.SubmissionUnknown,
        _ => status,
    };

    /// <summary>Why the job did not produce all pictures; empty if it did.</summary>
    public static IEnumerable<string> Failure(Job job)
    {
        if (job.Error is not { } error)
            return job.IsOver && !job.IsSuccess ? [JobWords.JobEnded.With(Doing(job))] : [];
        string?[] lines = [
            .. error.Sentences(),
            Upstream(error),
            job.Status == "canceled"
                ? null
                : (error.Retryable ? JobWords.RetryCanSucceed : JobWords.RetryDoesNotHelp).With(Name(error))];
        return lines.OfType<string>();
    }

    /// <summary>The seeds of the tasks. Generating with the same seed gives the same picture.</summary>
    public static string? Seeds(Job job)
    {
        var seeds = job.Upstream.Where(task => task.Seed is not null)
            .Select(task => task.Seed!.Value.ToString(CultureInfo.InvariantCulture))
            .ToArray();
        return seeds.Length == 0 ? null : string.Join(", ", seeds);
    }

    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1e3:0} KB",
        _ => $"{bytes / 1e6:0.0} MB",
    };

    public static string Took(Job job) => JobWords.Seconds.With(job.Timings.TotalMs / 1000.0);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // The upstream message, unless the detail already contains it.
    private static string? Upstream(Server.Problem error) =>
        error.UpstreamMessage is { Length: > 0 } words
            && error.Detail?.Contains(words, StringComparison.Ordinal) != true ? JobWords.ModelScopeSays.With(words) : null;

    private static string Name(Server.Problem error) => error.Type?.Split('#')[^1] is { Length: > 0 } name ? name : "failed";
}
