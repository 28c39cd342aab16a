using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// Whether the storage that the host keeps its state in is there. Asked before anything else needs it, for an error that can be understood.
/// </summary>
internal static class StorageCheck
{
    private const string Setting = "AzureWebJobsStorage";

    /// <summary>Asks it.</summary>
    /// <exception cref="StartException">It is not set, or does not answer.</exception>
    public static async Task RequireAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        var connection = configuration[Setting] is { Length: > 0 } set
            ? set
            : throw new StartException(
                $"{Setting} is not set. Set it to UseDevelopmentStorage=true and start Azurite (npx azurite), or to a connection string.");
        BlobServiceClient client;
        try
        {
            client = new BlobServiceClient(
                connection,
                new BlobClientOptions
                {
                    Retry =
                    {
                        MaxRetries = 2,
                        Mode = RetryMode.Fixed,
                        Delay = TimeSpan.FromMilliseconds(300),
                        NetworkTimeout = TimeSpan.FromSeconds(5),
                    },
                });
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new StartException(
                $"{Setting} is not a connection string. Use UseDevelopmentStorage=true for Azurite on this machine.", exception);
        }

        try
        {
            await client.GetPropertiesAsync(cancellation);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            var reason = exception is RequestFailedException { Status: > 0 } refused ? $"answers with {refused.Status}" : "does not answer";
            throw new StartException(
                $"The storage at {client.Uri.GetLeftPart(UriPartial.Authority)} {reason}. Start Azurite (npx azurite), or correct "
                    + $"{Setting}.",
                exception);
        }
    }
}
