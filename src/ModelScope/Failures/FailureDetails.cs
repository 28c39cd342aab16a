namespace Darkroom.ModelScope.Failures;

/// <summary>What is known of a failure, whatever its kind.</summary>
internal sealed record FailureDetails
{
    public int? StatusCode { get; init; }

    public UpstreamReason Reason { get; init; } = UpstreamReason.None;

    public TimeSpan? RetryAfter { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>Our sentence, followed by upstream's words where there are any.</summary>
    public string Explain(string sentence) => Reason.HasWords ? $"{sentence} ModelScope says: {Reason.Message}" : sentence;
}
