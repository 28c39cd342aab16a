namespace Darkroom.Cli.Jobs;

/// <summary>Paths of the job endpoints, relative to the server's address.</summary>
internal static class JobPaths
{
    public const string All = "api/images";

    public static string Of(string id) => $"{All}/{Uri.EscapeDataString(id)}";

    public static string Picture(string id, int index) => $"{Of(id)}/files/{index}";

    /// <summary>Waits up to 50 s for a change of the job. Proxies usually cut idle connections after 60 s or more.</summary>
    public static string NextChange(string id) => $"{Of(id)}?wait=50&until=change";
}
