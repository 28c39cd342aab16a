namespace Darkroom.ModelScope.Failures;

/// <summary>Why upstream refused or failed, in its own words: bounded, and free of secrets and links.</summary>
/// <param name="Code">Upstream's own code, when it gives one.</param>
/// <param name="Message">Upstream's own words, when it gives any.</param>
/// <param name="RequestId">Upstream's id of the request.</param>
/// <param name="IsEnvelope">Whether it came in one of upstream's two documented error envelopes, so that upstream itself, not something
/// before it, is speaking.</param>
public sealed record UpstreamReason(string? Code, string? Message, string? RequestId = null, bool IsEnvelope = false)
{
    /// <summary>A reason that says nothing.</summary>
    public static UpstreamReason None { get; } = new(Code: null, Message: null);

    /// <summary>Whether there are words to show.</summary>
    public bool HasWords => !string.IsNullOrWhiteSpace(Message);
}
