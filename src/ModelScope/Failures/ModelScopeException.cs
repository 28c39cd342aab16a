namespace Darkroom.ModelScope.Failures;

/// <summary>
/// The base class of the client's exceptions. The message can be shown to users: it contains no token, signed link or internal address.
/// </summary>
public abstract class ModelScopeException : Exception
{
    private protected ModelScopeException(FailureKind kind, string message, FailureDetails details)
        : base(message, details.Cause)
    {
        Kind = kind;
        StatusCode = details.StatusCode;
        Reason = details.Reason;
        RetryAfter = details.RetryAfter;
    }

    /// <summary>The kind of failure.</summary>
    public FailureKind Kind { get; }

    /// <summary>The HTTP status; null if there was no answer.</summary>
    public int? StatusCode { get; }

    /// <summary>The reason that ModelScope gave.</summary>
    public UpstreamReason Reason { get; }

    /// <summary>ModelScope's error code.</summary>
    public string? Code => Reason.Code;

    /// <summary>ModelScope's id of the request, for support cases.</summary>
    public string? RequestId => Reason.RequestId;

    /// <summary>The wait from the Retry-After header; null if there is none.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the same call can succeed later.</summary>
    public bool IsRetryable => FailureRules.MayRetry(Kind);
}
