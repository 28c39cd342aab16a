namespace Darkroom.ModelScope.Failures;

/// <summary>
/// The reason that ModelScope gave for a refusal or a failure. In an exception or a task snapshot of the client it is free of secrets
/// and signed links, and its length is limited.
/// </summary>
/// <param name="Code">ModelScope's error code, if there is one.</param>
/// <param name="Message">ModelScope's message, if there is one.</param>
/// <param name="RequestId">ModelScope's id of the request.</param>
/// <param name="IsEnvelope">Whether the body was one of the two documented error envelopes. If so, the answer comes from ModelScope itself
/// and not from a gateway in front of it.</param>
public sealed record UpstreamReason(string? Code, string? Message, string? RequestId = null, bool IsEnvelope = false)
{
    /// <summary>An empty reason.</summary>
    public static UpstreamReason None { get; } = new(Code: null, Message: null);

    /// <summary>Whether there is a message to show.</summary>
    public bool HasMessage => !string.IsNullOrWhiteSpace(Message);
}
