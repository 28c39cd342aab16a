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
public static class StorageAccount
{
    /// <summary>The name of the setting; Azure Functions defines it.</summary>
    public const string SettingName = "AzureWebJobsStorage";

    /// <exception cref="InvalidOperationException">Nothing is configured; the message says what to set.</exception>
    public static BlobServiceClient Open(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new BlobClientOptions
        {
            Retry =
            {
                MaxRetries = 4,
                Mode = RetryMode.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(10),
            },
        };
        if (configuration[SettingName] is { Length: > 0 } connection)
            return new BlobServiceClient(connection, options);

        var section = configuration.GetSection(SettingName);
        return section["blobServiceUri"] is { Length: > 0 } address
            ? new BlobServiceClient(new Uri(address), Credential(section), options)
            : throw new InvalidOperationException(
                $"No storage is configured: set {SettingName} to a connection string, or {SettingName}__blobServiceUri to use an "
                    + "identity.");
    }

    /// <summary>Opens the queues of the account. Messages are base64, as the queue trigger expects.</summary>
    /// <exception cref="InvalidOperationException">Nothing is configured; the message says what to set.</exception>
    public static QueueServiceClient OpenQueues(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new QueueClientOptions
        {
            MessageEncoding = QueueMessageEncoding.Base64,
            Retry =
            {
                MaxRetries = 4,
                Mode = RetryMode.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(10),
            },
        };
        if (configuration[SettingName] is { Length: > 0 } connection)
            return new QueueServiceClient(connection, options);

        var section = configuration.GetSection(SettingName);
        return section["queueServiceUri"] is { Length: > 0 } address
            ? new QueueServiceClient(new Uri(address), Credential(section), options)
            : throw new InvalidOperationException(
                $"No queues are configured: set {SettingName} to a connection string, or {SettingName}__queueServiceUri to use an "
                    + "identity.");
    }

    /// <summary>Opens the tables of the account.</summary>
    /// <exception cref="InvalidOperationException">Nothing is configured; the message says what to set.</exception>
    public static TableServiceClient OpenTables(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new TableClientOptions
        {
            Retry =
            {
                MaxRetries = 4,
                Mode = RetryMode.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(10),
            },
        };
        if (configuration[SettingName] is { Length: > 0 } connection)
            return new TableServiceClient(connection, options);

        var section = configuration.GetSection(SettingName);
        return section["tableServiceUri"] is { Length: > 0 } address
            ? new TableServiceClient(new Uri(address), Credential(section), options)
            : throw new InvalidOperationException(
                $"No tables are configured: set {SettingName} to a connection string, or {SettingName}__tableServiceUri to use an "
                    + "identity.");
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
