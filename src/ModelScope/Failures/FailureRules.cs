using System.Buffers;

namespace Darkroom.ModelScope.Failures;

/// <summary>
/// Decides what an answer of ModelScope means, whether a retry can help, and whether a submit may have been accepted. All methods are pure
/// functions.
/// </summary>
public static class FailureRules
{
    private const string UnsupportedModelCode = "40212";
    private const string RetiredModelCode = "1008";
    private static readonly SearchValues<string> NoSuchModel = Words("no provider");
    private static readonly SearchValues<string> RetiredModel = Words("insufficient balance");

    // Only words about days. A throttling message may mention a quota per minute, and waiting until tomorrow for that would be wrong.
    private static readonly SearchValues<string> DailyQuota = Words("today", "tomorrow", "daily");
    private static readonly SearchValues<string> Moderation = Words(
        "敏感", "审核", "违规", "违禁", "sensitive", "moderation", "inappropriate", "nsfw", "content policy", "content_policy");

    /// <summary>Classifies an answer whose status is not a success, or a successful answer that cannot be parsed.</summary>
    /// <param name="call">The kind of call that failed.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="reason">The reason from the body.</param>
    public static FailureKind Classify(Call call, int status, UpstreamReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return status switch
        {
            400 when Says(reason, NoSuchModel, UnsupportedModelCode) => FailureKind.ModelUnavailable,
            400 when SaysModerated(reason) => FailureKind.ContentRejected,
            401 or 403 => FailureKind.Unauthorized,
            402 => FailureKind.CreditsExhausted,
            429 when Says(reason, RetiredModel, RetiredModelCode) => FailureKind.ModelUnavailable,
            429 when reason.Message.AsSpan().ContainsAny(DailyQuota) => FailureKind.QuotaExceeded,
            429 => FailureKind.Throttled,
            _ => call == Call.Submit ? ClassifySubmit(status, reason) : ClassifyRead(status),
        };
    }

    /// <summary>Classifies a call that received no answer.</summary>
    /// <param name="call">The kind of call that failed.</param>
    /// <param name="bodyLeft">Whether sending the request's body had begun.</param>
    public static FailureKind ClassifyNoAnswer(Call call, bool bodyLeft) =>
        call == Call.Submit && bodyLeft ? FailureKind.AmbiguousSubmit : FailureKind.Unavailable;

    /// <summary>Whether the same call can succeed later without a change to the request or to the settings of the account.</summary>
    public static bool MayRetry(FailureKind kind) => kind switch
    {
        FailureKind.Throttled or FailureKind.QuotaExceeded or FailureKind.CreditsExhausted => true,
        FailureKind.Unavailable or FailureKind.PictureUnavailable => true,
        _ => false,
    };

    /// <summary>Whether the reason of a failed task is "task not found": ModelScope does not know the task, or not yet.</summary>
    public static bool SaysTaskNotFound(UpstreamReason? reason) =>
        reason?.Message is { } words && words.Contains("task not found", StringComparison.OrdinalIgnoreCase);

    private static FailureKind ClassifySubmit(int status, UpstreamReason reason) => status switch
    {
        // A success without a readable task id, a time-out, or a gateway without an answer: the task may have been accepted.
        >= 200 and < 300 or 408 or 502 or 504 => FailureKind.AmbiguousSubmit,
        // A documented error envelope comes from ModelScope itself, which refused the task. Any other body may come from a gateway.
        >= 500 => reason.IsEnvelope ? FailureKind.Unavailable : FailureKind.AmbiguousSubmit,
        // HttpClient does not return 1xx. If one arrived, it would say nothing about the outcome.
        < 200 => FailureKind.AmbiguousSubmit,
        _ => FailureKind.InvalidRequest,
    };

    private static FailureKind ClassifyRead(int status) =>
        status is >= 300 and < 500 and not 408 ? FailureKind.InvalidRequest : FailureKind.Unavailable;

    private static bool SaysModerated(UpstreamReason reason) =>
        // "case-sensitive" contains "sensitive", but it is about the spelling of a model id and not about moderation.
        reason.Message is { } words
        && words.Replace(
            "case-sensitive", "", StringComparison.OrdinalIgnoreCase).Replace("case sensitive", "", StringComparison.OrdinalIgnoreCase)
            .AsSpan().ContainsAny(Moderation);

    private static bool Says(UpstreamReason reason, SearchValues<string> words, string code) =>
        reason.Code == code || reason.Message.AsSpan().ContainsAny(words) || HasNumber(reason.Message, code);

    // The code must stand alone: 10080 does not contain the code 1008.
    private static bool HasNumber(ReadOnlySpan<char> text, string number)
    {
        for (var at = text.IndexOf(number); at >= 0; at = text.IndexOf(number))
        {
            var end = at + number.Length;
            if ((at == 0 || !char.IsAsciiDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiDigit(text[end])))
                return true;
            text = text[end..];
        }

        return false;
    }

    private static SearchValues<string> Words(params ReadOnlySpan<string> words) =>
        SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
}
