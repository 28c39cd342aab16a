namespace Darkroom.Cli.Jobs;

/// <summary>Paths of the job endpoints, relative to the server's address.</summary>
internal static class JobPaths
{
    public const string All = "api/images";

    /// <summary>Whether the text can be an id. An empty one, or one of dots only, would address the list of all jobs.</summary>
    public static bool IsId(string text) => !string.IsNullOrWhiteSpace(text) && text.Trim('.').Length > 0;

    public static string Of(string id) => $"{All}/{Uri.EscapeDataString(id)}";

    public static string Picture(string id, int index) => $"{Of(id)}/files/{index}";

    public static string Sidecar(string id, int index) => $"{Of(id)}/sidecar?index={index}";

    public static string Resubmit(string id) => $"{Of(id)}/resubmit";

    public static string Thumbnail(string id, int index) => $"{Picture(id, index)}/thumbnail";

    /// <summary>Waits for a change of the job. Proxies usually cut idle connections after 60 s or more.</summary>
    public static string NextChange(string id, int seconds = 50) => $"{Of(id)}?wait={seconds}&until=change";
}
