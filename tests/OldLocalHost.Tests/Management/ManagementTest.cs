using System.Net;
using System.Text;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Instances;
using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.TestKit;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Management;

/// <summary>The management API of a running app, with a client behind it that only writes down what it is asked.</summary>
public abstract class ManagementTest : IAsyncLifetime
{
    private protected const string Base = "runtime/webhooks/durabletask";

    private protected FakeDurableClient Client { get; } = new();

    private protected HistoryShelf History { get; } = new();

    private protected RunningApp App { get; private set; } = null!;

    protected ManualTime Time { get; } = new();

    public async ValueTask InitializeAsync() => App = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunningApp> StartAsync(params string[] arguments) => RunningApp.StartAsync(new AppSettings(typeof(Stories))
    {
        HostJson = """{"extensions":{"http":{"routePrefix":"prefixed"},"durableTask":{"hubName":"My Hub"}}}""",
        Arguments = arguments,
        Time = Time,
        Configure = builder => builder.Services.AddSingleton<DurableTaskClient>(Client).AddSingleton<IHistoryReader>(History),
    });

    protected Task<HttpResponseMessage> GetAsync(string path) => App.Http.GetAsync($"{Base}/{path}");

    protected Task<HttpResponseMessage> DeleteAsync(string path) => App.Http.DeleteAsync($"{Base}/{path}");

    protected async Task<HttpResponseMessage> PostAsync(string path, string? body = null, string type = "application/json")
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        return await App.Http.PostAsync($"{Base}/{path}", content);
    }

    /// <summary>An answer that is its status alone.</summary>
    protected static async Task IsBareAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        Assert.Equal((status, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Null(response.Content.Headers.ContentType);
    }

    /// <summary>An answer that is exactly this JSON.</summary>
    protected static async Task IsJsonAsync(HttpStatusCode status, string json, HttpResponseMessage response)
    {
        Assert.Equal((status, json), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    internal sealed class HistoryShelf : IHistoryReader
    {
        public Dictionary<string, InstanceSnapshot> Snapshots { get; } = [];

        public InstanceSnapshot? Read(string instanceId) => Snapshots.GetValueOrDefault(instanceId);
    }

    private sealed class Stories
    {
        [Function("Develop")]
        public static void Develop([OrchestrationTrigger] TaskOrchestrationContext context)
        {
        }

        [Function("Print")]
        public static void Print([OrchestrationTrigger] TaskOrchestrationContext context)
        {
        }
    }
}
