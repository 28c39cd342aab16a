using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// Checks that the host's storage is reachable before anything uses it, so that the error message is clear.
/// </summary>
internal static class StorageCheck
{
    private const string Setting = "AzureWebJobsStorage";

    /// <exception cref="StartException">The setting is missing or wrong, or the storage does not answer.</exception>
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
