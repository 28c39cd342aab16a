namespace Darkroom.ModelScope.Failures;

/// <summary>What kind of failure it is; each has its own exception.</summary>
public enum FailureKind
{
    /// <summary>The request itself is wrong: sending it again changes nothing.</summary>
    InvalidRequest,

    /// <summary>The model is unknown, retired or has no provider.</summary>
    ModelUnavailable,

    /// <summary>Moderation refused the prompt or the picture.</summary>
    ContentRejected,

    /// <summary>The token is missing, wrong or not allowed.</summary>
    Unauthorized,

    /// <summary>Too many requests at once.</summary>
    Throttled,

    /// <summary>The day's allowance is used up.</summary>
    QuotaExceeded,

    /// <summary>The account has no credits left.</summary>
    CreditsExhausted,

    /// <summary>A submit whose outcome nobody knows: it may have been accepted and paid for.</summary>
    AmbiguousSubmit,

    /// <summary>Upstream could not be reached, or had trouble. A submit that failed so was certainly not accepted.</summary>
    Unavailable,

    /// <summary>The picture could not be had from this link, or came incomplete: a fresh link may help.</summary>
    PictureUnavailable,

    /// <summary>What came is not a picture, is too large, or lies where it must not.</summary>
    PictureRejected,
}
