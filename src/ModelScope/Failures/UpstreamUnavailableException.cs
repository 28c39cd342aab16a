namespace Darkroom.ModelScope.Failures;

/// <summary>ModelScope could not be reached or had an internal error. A submit with this exception was not accepted.</summary>
public sealed class UpstreamUnavailableException : ModelScopeException
{
    internal UpstreamUnavailableException(string what, FailureDetails details, bool nothingWasSent = false)
        : base(FailureKind.Unavailable, details.Explain(what), details)
    {
        NothingWasSent = nothingWasSent;
    }

    /// <summary>Whether no byte of the request's body was sent. If so, even a submit can be repeated at once.</summary>
    public bool NothingWasSent { get; }
}
