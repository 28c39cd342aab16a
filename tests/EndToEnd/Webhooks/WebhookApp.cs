using System.Net;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Webhooks;

/// <summary>The app with two secrets for webhooks, a webhook for all jobs, and receivers on this machine allowed.</summary>
public sealed class WebhookApp : TestApp
{
    public const string Name = "webhooks";

    /// <summary>The secrets of the service: the new one and the old one.</summary>
    public static readonly IReadOnlyList<string> ServiceSecrets = [SecretOf(1), SecretOf(2)];

    /// <summary>The receiver of everything that has no webhook of its own.</summary>
    public WebhookReceiver ServiceReceiver { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Darkroom__WebhookAllowedNetworks"] = "127.0.0.0/8",
        ["Darkroom__WebhookSecret"] = string.Join(' ', ServiceSecrets),
        ["Darkroom__WebhookUrl"] = ServiceReceiver.Url,
        // Webhooks use no proxy, so this one, which does not exist, has no effect on them.
        ["http_proxy"] = "http://127.0.0.1:1",
        ["https_proxy"] = "http://127.0.0.1:1",
    };

    /// <summary>A valid secret, made at run time so that no scanner takes it for a leak.</summary>
    public static string SecretOf(byte value) => $"whsec_{Convert.ToBase64String(Enumerable.Repeat(value, 32).ToArray())}";

    public override async ValueTask InitializeAsync()
    {
        ServiceReceiver = await WebhookReceiver.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await ServiceReceiver.DisposeAsync();
    }

    /// <summary>The deliveries of a job.</summary>
    public async Task<JsonArray> DeliveriesAsync(JsonObject job)
    {
        using var answer = await Http.GetAsync($"api/images/{IdOf(job)}/deliveries");
        return (await ReadAsync(answer, HttpStatusCode.OK))["items"]!.AsArray();
    }

    /// <summary>Waits until a job has so many deliveries, for at most two minutes.</summary>
    public async Task<JsonArray> DeliveriesAsync(JsonObject job, int count)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var look = 0; look < 1200; look++)
        {
            if (await DeliveriesAsync(job) is var items && items.Count >= count)
                return items;
            await pace.WaitForNextTickAsync();
        }

        throw new TimeoutException($"The job {IdOf(job)} does not get {count} deliveries.");
    }

    /// <summary>Calls <c>POST /api/images/{id}/redeliver</c>.</summary>
    public async Task<JsonObject> RedeliverAsync(string id, HttpStatusCode expected)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"api/images/{id}/redeliver");
        return await ReadAsync(answer, expected);
    }
}

[CollectionDefinition(WebhookApp.Name)]
public sealed class WebhookAppUsers : ICollectionFixture<WebhookApp>;
