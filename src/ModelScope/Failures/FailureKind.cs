namespace Darkroom.ModelScope.Failures;

/// <summary>The kinds of failures. Each kind has its own exception type.</summary>
public enum FailureKind
{
    /// <summary>The request is invalid. Sending it again fails again.</summary>
    InvalidRequest,

    /// <summary>The model is unknown or retired, or no provider serves it.</summary>
    ModelUnavailable,

    /// <summary>Moderation rejected the prompt or an input picture.</summary>
    ContentRejected,

    /// <summary>The token is missing, invalid or has no permission.</summary>
    Unauthorized,

    /// <summary>ModelScope received too many requests (HTTP 429).</summary>
    Throttled,

    /// <summary>The daily quota is used up.</summary>
    QuotaExceeded,

    /// <summary>The account has no credits left.</summary>
    CreditsExhausted,

    /// <summary>The outcome of a submit is unknown. The task may have been accepted and paid for.</summary>
    AmbiguousSubmit,

    /// <summary>ModelScope could not be reached or had an internal error. A submit with this failure was certainly not accepted.</summary>
    Unavailable,

    /// <summary>The picture could not be downloaded from this link, or was incomplete. A fresh link may help.</summary>
    PictureUnavailable,

    /// <summary>The content is not a picture, is too large, or is on a host that is not allowed.</summary>
    PictureRejected,
}
