using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Storage;

/// <summary>
/// The storage account, which the Functions host uses too. It is configured by a connection string, or by an identity and the addresses of
/// its services.
/// </summary>
/// <param name="configuration">The settings of the app.</param>
public sealed class StorageAccount(IConfiguration configuration)
{
    /// <summary>The name of the setting; Azure Functions defines it.</summary>
    public const string SettingName = "AzureWebJobsStorage";

    /// <summary>Opens the blobs.</summary>
    /// <exception cref="InvalidOperationException">Nothing is configured; the message says what to set.</exception>
    public BlobServiceClient OpenBlobs()
    {
        var options = WithRetries(new BlobClientOptions());
        return Open(
            "blob",
            connection => new BlobServiceClient(connection, options),
            (address, credential) => new BlobServiceClient(address, credential, options));
    }

    /// <summary>Opens the queues. Messages are base64, as the queue trigger expects.</summary>
    /// <exception cref="InvalidOperationException">Nothing is configured; the message says what to set.</exception>
    public QueueServiceClient OpenQueues()
    {
        var options = WithRetries(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return Open(
            "queue",
            connection => new QueueServiceClient(connection, options),
            (address, credential) => new QueueServiceClient(address, credential, options));
    }

    /// <summary>Opens the tables.</summary>
    /// <exception cref="InvalidOperationException">Nothing is configured; the message says what to set.</exception>
    public TableServiceClient OpenTables()
    {
        var options = WithRetries(new TableClientOptions());
        return Open(
            "table",
            connection => new TableServiceClient(connection, options),
            (address, credential) => new TableServiceClient(address, credential, options));
    }

    private static T WithRetries<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 4;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        return options;
    }

    private T Open<T>(string service, Func<string, T> byConnection, Func<Uri, TokenCredential, T> byIdentity)
    {
        if (configuration[SettingName] is { Length: > 0 } connection)
            return byConnection(connection);
        var section = configuration.GetSection(SettingName);
        return section[$"{service}ServiceUri"] is { Length: > 0 } address
            ? byIdentity(new Uri(address), Credential(section))
            : throw new InvalidOperationException(
                $"No {service} storage is configured: set {SettingName} to a connection string, or {SettingName}__{service}ServiceUri to "
                    + "use an identity.");
    }

    // In Azure the app has exactly one identity. DefaultAzureCredential would try others too: that takes seconds at each start, and it can
    // find the wrong one.
    private static TokenCredential Credential(IConfigurationSection section) => section["credential"]?.ToUpperInvariant() switch
    {
        "MANAGEDIDENTITY" =>
            new ManagedIdentityCredential(
                section["clientId"] is { Length: > 0 } id
                    ? ManagedIdentityId.FromUserAssignedClientId(id)
                    : ManagedIdentityId.SystemAssigned),
        _ => new DefaultAzureCredential(),
    };
}
