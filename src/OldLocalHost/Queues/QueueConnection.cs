using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Queues;

/// <summary>Finds the connection string that a trigger names, as the Functions host looks for it.</summary>
internal static class QueueConnection
{
    private const string Standard = "AzureWebJobsStorage";

    public static string? Find(string? name, IConfiguration configuration, Action<string> complain)
    {
        name = string.IsNullOrWhiteSpace(name) ? Standard : name;
        if (Value(name, configuration) is { } connection)
            return IsUsable(name, connection, complain) ? connection : null;

        complain(configuration.GetSection(name).GetChildren().Any()
            ? $"the settings '{name}__…' describe a connection by identity, which is for Azure: here '{name}' must be a connection string"
            : $"the setting '{name}' is missing: it says where the queue is; \"UseDevelopmentStorage=true\" is Azurite on this machine");
        return null;
    }

    private static string? Value(string name, IConfiguration configuration) =>
        new[] { configuration[$"AzureWebJobs{name}"], configuration[name], configuration.GetConnectionString(name) }
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static bool IsUsable(string name, string connection, Action<string> complain)
    {
        try
        {
            _ = new QueueServiceClient(connection);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            // What stands there holds a key: it is not repeated.
            complain($"the setting '{name}' is not a connection string of Azure Storage");
            return false;
        }
    }
}
