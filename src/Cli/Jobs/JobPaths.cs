namespace Darkroom.Cli.Jobs;

/// <summary>Where jobs are, relative to the server.</summary>
internal static class JobPaths
{
    public const string All = "api/images";

    public static string Of(string id) => $"{All}/{Uri.EscapeDataString(id)}";

    public static string Picture(string id, int index) => $"{Of(id)}/files/{index}";

    /// <summary>The job when anything about it has changed; a proxy's patience is longer than this.</summary>
    public static string NextChange(string id) => $"{Of(id)}?wait=50&until=change";
}
