using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests;

/// <summary>TinyApp on LocalHost, with its own storage. Tests of one class that do not stop the host share it.</summary>
public class TinyHost : IAsyncLifetime
{
    /// <summary>The build output of TinyApp.</summary>
    public static string App { get; } = BuiltApps.Output("tests/TinyApp");

    /// <summary>The connection string of the storage.</summary>
    public string Storage { get; private set; } = "";

    public LocalHostProcess Host { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>How the worker serves HTTP: "" for its own server, "channel" for the gRPC channel of the host.</summary>
    protected virtual string HttpModel => "";

    public async ValueTask InitializeAsync()
    {
        Storage = (await Azurite.StartAnotherAsync()).ConnectionString;
        Host = await LocalHostProcess.StartAsync(App, Settings(Storage, ("TINY_HTTP", HttpModel)));
        Http = new HttpClient { BaseAddress = await Host.Ready };
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        Host.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The settings of TinyApp.</summary>
    public static IReadOnlyDictionary<string, string> Settings(string storage, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string> { ["AzureWebJobsStorage"] = storage, ["TINY_ROUTE"] = "some/where" };
        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    }

    /// <summary>Creates a queue in the storage.</summary>
    public async Task<QueueClient> QueueAsync(string name)
    {
        var queue = new QueueClient(Storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    /// <summary>Creates a container in the storage.</summary>
    public async Task<BlobContainerClient> ContainerAsync(string name)
    {
        var container = new BlobContainerClient(Storage, name);
        await container.CreateIfNotExistsAsync();
        return container;
    }

    /// <summary>Waits for at least <paramref name="count"/> messages, and receives them.</summary>
    public static async Task<IReadOnlyList<string>> ReceiveAsync(QueueClient queue, int count)
    {
        var messages = new List<string>();
        await Until.TrueAsync(
            async () =>
            {
                foreach (var message in (await queue.ReceiveMessagesAsync(32)).Value)
                {
                    messages.Add(message.MessageText);
                    await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                }

                return messages.Count >= count;
            },
            () => $"{queue.Name} has only {messages.Count} messages: {string.Join(' ', messages)}");
        return messages;
    }
}
