using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Queues;

/// <summary>A queue in Azurite and an app that listens to it.</summary>
public abstract class QueueTest : IAsyncLifetime
{
    private protected QueueClient Queue { get; private set; } = null!;

    private protected QueueClient Poison { get; private set; } = null!;

    private protected Inbox Inbox { get; } = new();

    protected string Connection { get; private set; } = "";

    protected string QueueName { get; } = $"q{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        Connection = (await Azurite.SharedAsync()).ConnectionString;
        Queue = new QueueClient(Connection, QueueName);
        Poison = new QueueClient(Connection, $"{QueueName}-poison");
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected Task<RunningApp> StartAsync(Type functions, string queues = "", ManualTime? time = null, Func<AppSettings, AppSettings>? change = null)
    {
        var settings = new AppSettings(functions)
        {
            HostJson = $$"""{ "extensions": { "queues": { {{queues}} } } }""",
            Arguments = [$"--AzureWebJobsStorage={Connection}", $"--QueueName={QueueName}"],
            Time = time,
            Configure = builder => builder.Services.AddSingleton(Inbox),
        };
        return RunningApp.StartAsync(change?.Invoke(settings) ?? settings);
    }

    private protected async Task SendAsync(string text, QueueClient? to = null)
    {
        await (to ?? Queue).CreateIfNotExistsAsync();
        await (to ?? Queue).SendMessageAsync(Base64(text));
    }

    protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private protected static async Task<int> CountAsync(QueueClient queue) =>
        await queue.ExistsAsync() ? (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0;

    private protected static Task IsEmptyAsync(QueueClient queue) => Eventually.IsTrueAsync(async () => await CountAsync(queue) == 0);

    private protected static async Task<PeekedMessage> OnlyAsync(QueueClient queue)
    {
        await Eventually.IsTrueAsync(async () => await CountAsync(queue) == 1);
        return Assert.Single((await queue.PeekMessagesAsync(32)).Value);
    }
}
