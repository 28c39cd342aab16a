namespace Darkroom.Cli.Mcp.Calls;

/// <summary>What every tool call needs from its process.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Log">Standard error, which clients show as the log of the server.</param>
internal sealed record CallEnvironment(TimeProvider Time, TextWriter Log);
