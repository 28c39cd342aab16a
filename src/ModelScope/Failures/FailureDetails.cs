namespace Darkroom.ModelScope.Failures;

/// <summary>The details that every kind of failure can have.</summary>
internal sealed record FailureDetails
{
    public int? StatusCode { get; init; }

    public UpstreamReason Reason { get; init; } = UpstreamReason.None;

    public TimeSpan? RetryAfter { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>Returns <paramref name="sentence"/>, followed by ModelScope's own message if there is one.</summary>
    public string Explain(string sentence) => Reason.HasMessage ? $"{sentence} ModelScope says: {Reason.Message}" : sentence;
}
