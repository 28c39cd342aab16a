namespace Darkroom.Cli.Mcp.Calls;

/// <summary>One call of a tool.</summary>
/// <param name="Limit">The time limit and the cancellation of the call.</param>
/// <param name="Progress">Where the progress goes.</param>
internal sealed record ToolCall(CallLimit Limit, CallProgress Progress);
