namespace Darkroom.Cli.Batches;

/// <summary>Paths of the batch endpoints, relative to the server's address.</summary>
internal static class BatchPaths
{
    public const string All = "api/batches";

    public static string Of(string id) => $"{All}/{Uri.EscapeDataString(id)}";

    public static string Retry(string id, bool isUnknownIncluded) => $"{Of(id)}/retry{(isUnknownIncluded ? "?include=unknown" : "")}";

    public static string Results(string id) => $"{Of(id)}/results";

    public static string Errors(string id) => $"{Of(id)}/errors";
}
