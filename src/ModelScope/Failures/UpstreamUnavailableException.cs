namespace Darkroom.ModelScope.Failures;

/// <summary>Upstream could not be reached, or had trouble. A submit that ends so was not accepted.</summary>
public sealed class UpstreamUnavailableException : ModelScopeException
{
    internal UpstreamUnavailableException(string what, FailureDetails details, bool nothingWasSent = false)
        : base(FailureKind.Unavailable, details.Explain(what), details)
    {
        NothingWasSent = nothingWasSent;
    }

    /// <summary>Whether not a single byte of the request's body left, so that even a submit may be repeated at once.</summary>
    public bool NothingWasSent { get; }
}
