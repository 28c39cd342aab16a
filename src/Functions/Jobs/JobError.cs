using System.Diagnostics.CodeAnalysis;
using Darkroom.ModelScope.Failures;

namespace Darkroom.Jobs;

/// <summary>Why a job did not succeed: what kind of failure, in words a person understands, and whether trying again helps.</summary>
/// <param name="Name">The kind's name, as in <c>/docs/errors#NAME</c>.</param>
/// <param name="Title">The kind in a few words.</param>
/// <param name="Detail">What happened.</param>
/// <param name="Retryable">Whether a resubmit can succeed without changing anything.</param>
public sealed record JobError(string Name, string Title, string Detail, bool Retryable)
{
    /// <summary>Upstream's own words.</summary>
    public string? UpstreamMessage { get; init; }

    /// <summary>Upstream's own code.</summary>
    public string? UpstreamCode { get; init; }

    /// <summary>Upstream's id of the request, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public int? RetryAfterSeconds { get; init; }
}

/// <summary>Whether a task was submitted, as far as it is known.</summary>
public enum SubmitCertainty
{
    /// <summary>Nothing was.</summary>
    No,

    /// <summary>It was under way.</summary>
    Perhaps,

    /// <summary>One was.</summary>
    Yes,
}

/// <summary>The kinds of failures, by name.</summary>
public static class JobErrors
{
    // An error stands in the custom status, which has 16 KB for all, and JSON may take six characters for one of these.
    private const int LongestDetail = 400;
    private const int LongestMessage = 250;
    private const int LongestCode = 100;

    /// <summary>What a failure of the client means for the job.</summary>
    public static JobError Of(ModelScopeException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var (name, title) = NameOf(failure.Kind);
        return new JobError(name, title, Cut(failure.Message, LongestDetail), failure.IsRetryable)
        {
            UpstreamMessage = Cut(failure.Reason.Message, LongestMessage),
            UpstreamCode = Cut(failure.Code, LongestCode),
            RequestId = Cut(failure.RequestId, LongestCode),
            RetryAfterSeconds = failure.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null,
        };
    }

    /// <summary>A task that upstream ended without a picture.</summary>
    public static JobError UpstreamFailed(UpstreamReason? reason, string? rawStatus) =>
        new(
            "upstream-failed",
            "Upstream could not make the picture",
            reason?.HasWords == true
                ? Cut($"ModelScope says: {reason.Message}", LongestDetail)
                : $"ModelScope gave no reason (status {rawStatus ?? "none"}).",
            Retryable: true)
        {
            UpstreamMessage = Cut(reason?.Message, LongestMessage),
            UpstreamCode = Cut(reason?.Code, LongestCode),
            RequestId = Cut(reason?.RequestId, LongestCode),
        };

    /// <summary>A task that upstream does not know.</summary>
    public static JobError TaskLost(string taskId) =>
        new("upstream-failed", "Upstream lost the task", $"ModelScope does not know the task {taskId}, or not any more.", Retryable: true);

    /// <summary>The time is up.</summary>
    public static JobError DeadlineExceeded(string detail) => new("deadline-exceeded", "The time is up", detail, Retryable: true);

    /// <summary>Nobody knows whether upstream accepted the task.</summary>
    public static JobError SubmissionUnknown(string detail) => new(
        "submission-unknown", "Nobody knows whether the task was accepted", $"{Cut(detail, LongestDetail)} It is not posted again by "
            + "itself, because it may have been accepted and paid for; resubmit it if you want to risk that.", Retryable: false);

    /// <summary>Somebody gave the job up.</summary>
    public static JobError Canceled(SubmitCertainty submitted) =>
        new("canceled", "The job was canceled", CancelDetail(submitted), Retryable: true);

    /// <summary>What canceling means, truthfully.</summary>
    public static string CancelDetail(SubmitCertainty submitted) => submitted switch
    {
        SubmitCertainty.Yes =>
            "The task was submitted before it was canceled. ModelScope has no way to cancel it: it may be made and paid for; its "
                + "pictures are discarded.",
        SubmitCertainty.Perhaps =>
            "It was canceled while it was being submitted: it may have been accepted, and ModelScope has no way to cancel it. A resubmit "
                + "finds out.",
        _ => "It was canceled before anything was submitted; nothing was paid for.",
    };

    /// <summary>No credits, and the job did not want to wait for some.</summary>
    public static JobError CreditsExhausted(string detail) => new("credits-exhausted", "No credits are left", detail, Retryable: true);

    /// <summary>The request was accepted once and cannot be read any more; nothing was submitted.</summary>
    public static JobError RequestUnreadable() => new(
        "internal", "Something went wrong in Darkroom", "The job's stored request is gone, or this version of Darkroom does not accept "
            + "it any more. Nothing was submitted. Send it as a new job.", Retryable: false);

    /// <summary>A mistake of ours.</summary>
    public static JobError Internal(string detail) => new("internal", "Something went wrong in Darkroom", detail, Retryable: true);

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text, int longest) => text is null || text.Length <= longest ? text : $"{text[..(longest - 1)]}…";

    private static (string Name, string Title) NameOf(FailureKind kind) => kind switch
    {
        FailureKind.InvalidRequest => ("invalid-request", "Upstream refused the request"),
        FailureKind.ModelUnavailable => ("model-unavailable", "The model is not available"),
        FailureKind.ContentRejected => ("content-rejected", "The content was rejected"),
        FailureKind.Unauthorized => ("unauthorized", "The token was refused"),
        FailureKind.CreditsExhausted or FailureKind.QuotaExceeded => ("credits-exhausted", "No credits are left"),
        FailureKind.AmbiguousSubmit => ("submission-unknown", "Nobody knows whether the task was accepted"),
        FailureKind.PictureUnavailable => ("picture-unavailable", "The picture could not be fetched"),
        FailureKind.PictureRejected => ("picture-rejected", "The picture was not accepted"),
        _ => ("upstream-unavailable", "Upstream is not available"),
    };
}
