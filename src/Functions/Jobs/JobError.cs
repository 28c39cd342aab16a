using System.Diagnostics.CodeAnalysis;
using Darkroom.ModelScope.Failures;

namespace Darkroom.Jobs;

/// <summary>Why a job did not succeed: the kind of failure, a text for people, and whether a new attempt can help.</summary>
/// <param name="Name">The name of the kind, as in <c>/docs/errors#NAME</c>.</param>
/// <param name="Title">A short title of the kind.</param>
/// <param name="Detail">What happened in this case.</param>
/// <param name="Retryable">Whether a resubmit without changes can succeed.</param>
public sealed record JobError(string Name, string Title, string Detail, bool Retryable)
{
    /// <summary>The error message of ModelScope.</summary>
    public string? UpstreamMessage { get; init; }

    /// <summary>The error code of ModelScope.</summary>
    public string? UpstreamCode { get; init; }

    /// <summary>ModelScope's id of the failed request. Their support asks for it.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long to wait before the next try.</summary>
    public int? RetryAfterSeconds { get; init; }
}

/// <summary>Whether a task was submitted, as far as Darkroom knows.</summary>
public enum SubmitCertainty
{
    /// <summary>Nothing was submitted.</summary>
    No,

    /// <summary>A submit has begun, and its outcome is unknown.</summary>
    Perhaps,

    /// <summary>A task was submitted.</summary>
    Yes,
}

/// <summary>Creates the errors of jobs.</summary>
public static class JobErrors
{
    // An error is part of the custom status, which is limited to 16 KB in total. JSON may escape one character as six.
    private const int LongestDetail = 400;
    private const int LongestMessage = 250;
    private const int LongestCode = 100;

    /// <summary>The error for a failure of the ModelScope client.</summary>
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

    /// <summary>Upstream ended the task without a picture.</summary>
    public static JobError UpstreamFailed(UpstreamReason? reason, string? rawStatus) =>
        new(
            "upstream-failed",
            "Upstream could not make the picture",
            reason?.HasMessage == true
                ? Cut($"ModelScope says: {reason.Message}", LongestDetail)
                : $"ModelScope gave no reason (status {rawStatus ?? "none"}).",
            Retryable: true)
        {
            UpstreamMessage = Cut(reason?.Message, LongestMessage),
            UpstreamCode = Cut(reason?.Code, LongestCode),
            RequestId = Cut(reason?.RequestId, LongestCode),
        };

    /// <summary>Upstream does not know the task.</summary>
    public static JobError TaskLost(string taskId) =>
        new(
            "upstream-failed",
            "Upstream lost the task",
            $"ModelScope does not know the task {taskId}, or no longer knows it.",
            Retryable: true);

    /// <summary>The deadline or the expiry of the job passed.</summary>
    public static JobError DeadlineExceeded(string detail) =>
        new("deadline-exceeded", "The time limit was exceeded", detail, Retryable: true);

    /// <summary>It is unknown whether upstream accepted the task.</summary>
    public static JobError SubmissionUnknown(string detail) => new(
        "submission-unknown", "It is unknown whether the task was accepted", $"{Cut(detail, LongestDetail)} The task is not submitted "
            + "again automatically, because it may have been accepted and paid for. Resubmit the job if you accept the risk to pay twice.",
        Retryable: false);

    public static JobError Canceled(SubmitCertainty submitted) =>
        new("canceled", "The job was canceled", CancelDetail(submitted), Retryable: true);

    /// <summary>What the cancel of a job means for its cost and its pictures.</summary>
    public static string CancelDetail(SubmitCertainty submitted) => submitted switch
    {
        SubmitCertainty.Yes =>
            "The task was submitted before it was canceled. ModelScope has no way to cancel it: it may be made and paid for; its "
                + "pictures are discarded.",
        SubmitCertainty.Perhaps =>
            "The job was canceled while it was being submitted: it may have been accepted, and ModelScope has no way to cancel it. A "
                + "resubmit first checks whether it was accepted.",
        _ => "It was canceled before anything was submitted; nothing was paid for.",
    };

    /// <summary>The account has no credits, and the job is set to fail instead of waiting for them.</summary>
    public static JobError CreditsExhausted() => new(
        "credits-exhausted", "No credits are left", "The account has no credits or quota left, and the job is set to fail instead of "
            + "waiting. The daily credits come with a login: log in at modelscope.cn, then resubmit the job.", Retryable: true);

    /// <summary>The provider that the model id names refused the task for lack of balance or quota.</summary>
    public static JobError ProviderRefused(ModelScopeException failure) => Of(failure) with
    {
        Detail = WithMessage(
            "The provider that the model id names has no balance or quota left for this account. Darkroom cannot see that balance, so the "
                + "job does not wait: add balance at the provider, or name the model without a provider.", failure?.Reason.Message),
    };

    /// <summary>A sentence, followed by ModelScope's own message if there is one.</summary>
    public static string WithMessage(string sentence, string? message) =>
        Cut(string.IsNullOrWhiteSpace(message) ? sentence : $"{sentence} ModelScope says: {message}", LongestDetail);

    /// <summary>The request was valid when the job was created, but can no longer be read. Nothing was submitted.</summary>
    public static JobError RequestUnreadable() => new(
        "internal", "Something went wrong in Darkroom", "The job's stored request is gone, or this version of Darkroom does not accept "
            + "it any more. Nothing was submitted. Send it as a new job.", Retryable: false);

    /// <summary>An error inside Darkroom.</summary>
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
        FailureKind.AmbiguousSubmit => ("submission-unknown", "It is unknown whether the task was accepted"),
        FailureKind.PictureUnavailable => ("picture-unavailable", "The picture could not be fetched"),
        FailureKind.PictureRejected => ("picture-rejected", "The picture was not accepted"),
        _ => ("upstream-unavailable", "Upstream is not available"),
    };
}
