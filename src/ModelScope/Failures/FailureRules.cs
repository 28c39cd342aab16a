using System.Buffers;

namespace Darkroom.ModelScope.Failures;

/// <summary>
/// What an answer of upstream means, whether trying again can help, and whether a submit may have been accepted.
/// All of it is decided here, from values alone.
/// </summary>
public static class FailureRules
{
    private const string UnsupportedModelCode = "40212";
    private const string RetiredModelCode = "1008";
    private static readonly SearchValues<string> NoSuchModel = Words("no provider");
    private static readonly SearchValues<string> RetiredModel = Words("insufficient balance");

    // Words of days only: a throttle may speak of quotas a minute, and waiting until tomorrow for one would be wrong.
    private static readonly SearchValues<string> DailyQuota = Words("today", "tomorrow", "daily");
    private static readonly SearchValues<string> Moderation = Words(
        "敏感", "审核", "违规", "违禁", "sensitive", "moderation", "inappropriate", "nsfw", "content policy", "content_policy");

    /// <summary>Classifies an answer that is not a success, or a success that could not be read.</summary>
    /// <param name="call">What was being done.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="reason">What the body said.</param>
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

    /// <summary>Classifies a call that got no answer at all.</summary>
    /// <param name="call">What was being done.</param>
    /// <param name="bodyLeft">Whether the first byte of the request's body may have been sent.</param>
    public static FailureKind ClassifyNoAnswer(Call call, bool bodyLeft) =>
        call == Call.Submit && bodyLeft ? FailureKind.AmbiguousSubmit : FailureKind.Unavailable;

    /// <summary>Whether a submit that failed so may have been accepted, and so must never be repeated by a machine.</summary>
    public static bool MayHaveBeenAccepted(FailureKind kind) => kind == FailureKind.AmbiguousSubmit;

    /// <summary>Whether the same call can succeed later without anybody changing the request or the account's settings.</summary>
    public static bool MayRetry(FailureKind kind) => kind switch
    {
        FailureKind.Throttled or FailureKind.QuotaExceeded or FailureKind.CreditsExhausted => true,
        FailureKind.Unavailable or FailureKind.PictureUnavailable => true,
        _ => false,
    };

    /// <summary>Whether a failed task's reason is that upstream does not know the task (yet).</summary>
    public static bool SaysTaskNotFound(UpstreamReason? reason) =>
        reason?.Message is { } words && words.Contains("task not found", StringComparison.OrdinalIgnoreCase);

    private static FailureKind ClassifySubmit(int status, UpstreamReason reason) => status switch
    {
        // A success nobody can read a task id from, a time-out, a gateway that lost its upstream: accepted or not, nobody knows.
        >= 200 and < 300 or 408 or 502 or 504 => FailureKind.AmbiguousSubmit,
        // Upstream's own envelope says that upstream itself refused; anything else may come from something before or behind it.
        >= 500 => reason.IsEnvelope ? FailureKind.Unavailable : FailureKind.AmbiguousSubmit,
        // 1xx never reaches us; below 200 nothing was said about the request either.
        < 200 => FailureKind.AmbiguousSubmit,
        _ => FailureKind.InvalidRequest,
    };

    private static FailureKind ClassifyRead(int status) =>
        status is >= 300 and < 500 and not 408 ? FailureKind.InvalidRequest : FailureKind.Unavailable;

    private static bool SaysModerated(UpstreamReason reason) =>
        // "Model ids are case-sensitive" is about spelling, not about morals.
        reason.Message is { } words
        && words.Replace(
            "case-sensitive", "", StringComparison.OrdinalIgnoreCase).Replace("case sensitive", "", StringComparison.OrdinalIgnoreCase)
            .AsSpan().ContainsAny(Moderation);

    private static bool Says(UpstreamReason reason, SearchValues<string> words, string code) =>
        reason.Code == code || reason.Message.AsSpan().ContainsAny(words) || HasNumber(reason.Message, code);

    // 1008 is a code, 10080 is not.
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
