using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Darkroom.TestKit;

/// <summary>A receiver of webhooks on 127.0.0.1. It keeps what arrives, and answers as the test says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly WebApplication _app;
    private readonly Channel<ReceivedWebhook> _arrivals = Channel.CreateUnbounded<ReceivedWebhook>();
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>The answer to the next requests. It gets the request and its number, from 1.</summary>
    public Func<ReceivedWebhook, int, WebhookReply> Answer { get; set; } = (_, _) => WebhookReply.Ok;

    public string Url => $"{_app.Urls.First()}/hook";

    /// <summary>Everything that has arrived.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    public static async Task<WebhookReceiver> StartAsync(Func<ReceivedWebhook, int, WebhookReply>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        if (answer is not null)
            receiver.Answer = answer;
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next request that no earlier call returned; waits for at most two minutes.</summary>
    public async Task<ReceivedWebhook> NextAsync()
    {
        using var limit = new CancellationTokenSource(Longest);
        return await _arrivals.Reader.ReadAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = http.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var webhook = new ReceivedWebhook(http.Request.Path, headers, body);
        _received.Enqueue(webhook);
        var reply = Answer(webhook, _received.Count);
        _arrivals.Writer.TryWrite(webhook);
        if (reply.IsNever)
        {
            await http.UntilAbortedAsync();
            return;
        }

        http.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
            http.Response.Headers[name] = value;
        await http.Response.WriteAsync(reply.Body);
    }
}

/// <summary>A request that arrived.</summary>
public sealed record ReceivedWebhook(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public string Timestamp => Headers["webhook-timestamp"];

    public string Signature => Headers["webhook-signature"];
}

/// <summary>An answer to a webhook.</summary>
/// <param name="Status">The HTTP status.</param>
public sealed record WebhookReply(int Status)
{
    public static WebhookReply Ok { get; } = new(204);

    /// <summary>No answer until the sender gives up.</summary>
    public static WebhookReply Never { get; } = new(0) { IsNever = true };

    public bool IsNever { get; private init; }

    public IDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string Body { get; init; } = "";
}
