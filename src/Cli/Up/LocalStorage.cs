namespace Darkroom.Cli.Up;

/// <summary>Azurite on this machine: whether to start it, and its connection string.</summary>
internal static class LocalStorage
{
    // The default account of Azurite. Its key is public.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Whether to start Azurite: no storage is configured, or development storage, which means Azurite.</summary>
    public static bool IsWanted(Configured configured) =>
        (configured["AzureWebJobsStorage"]?.Trim().TrimEnd(';') is null or "UseDevelopmentStorage=true")
            && !configured.HasAnyUnder("AzureWebJobsStorage__");

    public static string ConnectionString(int blobPort, int queuePort, int tablePort) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};TableEndpoint=http://127.0.0.1:{tablePort}/{Account};";
}
