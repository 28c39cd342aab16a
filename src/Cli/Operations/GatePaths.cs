namespace Darkroom.Cli.Operations;

/// <summary>Paths of the gate and the usage, relative to the server's address.</summary>
internal static class GatePaths
{
    public const string Gate = "api/gate";
    public const string Pause = $"{Gate}/pause";
    public const string Resume = $"{Gate}/resume";
    public const string Usage = "api/usage";
}
