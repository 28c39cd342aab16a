using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Darkroom.ModelScope.Wire;

namespace Darkroom.Webhooks;

/// <summary>
/// Posts messages. It has an HTTP client of its own, without proxy, cookies, credentials, redirects and trace headers, whose connections go
/// through <see cref="WebhookConnections"/>.
/// </summary>
public sealed class WebhookClient(WebhookConnections connections, TimeProvider time) : IDisposable
{
    /// <summary>How long a receiver may take to answer.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(15);

    private const int MaxHeaderKilobytes = 16;

    // The body of an answer has no meaning. So much of it is read and thrown away, so that the connection can be used again.
    private const int MaxDrainedBytes = 4096;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = connections.ConnectAsync,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = MaxDrainedBytes,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "Darkroom" } },
    };

    /// <summary>Posts a message once.</summary>
    public async Task<SendOutcome> PostAsync(WebhookTarget target, string messageId, BinaryData payload, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var request = Request(target, messageId, payload.ToMemory());
        using var limit = new CancellationTokenSource(LongestAnswer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendOutcome.NoAnswer($"The receiver did not answer within {LongestAnswer.TotalSeconds} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new SendOutcome.NoAnswer(Describe(exception));
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(WebhookTarget target, string messageId, ReadOnlyMemory<byte> payload)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        return new HttpRequestMessage(HttpMethod.Post, target.Url)
        {
            Content = new ReadOnlyMemoryContent(payload) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers =
            {
                { "webhook-id", messageId },
                { "webhook-timestamp", $"{timestamp}" },
                { "webhook-signature", WebhookSignature.Of(target.Secrets, messageId, timestamp, payload.Span) },
            },
        };
    }

    private SendOutcome Read(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return new SendOutcome.Delivered((int)answer.StatusCode);
        if (answer.StatusCode == HttpStatusCode.Gone)
            return new SendOutcome.Gone();
        var wait = RetryAfterHeader.Read(answer.Headers, time.GetUtcNow());
        return new SendOutcome.Refused((int)answer.StatusCode, wait is { } asked ? (int)Math.Ceiling(asked.TotalSeconds) : null);
    }

    // The messages of the exceptions contain names and addresses.
    private static string Describe(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is RefusedAddressException refused)
                return refused.Message;
            if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return "The host name of the webhook cannot be resolved.";
        }

        return exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            ? "The TLS connection to the receiver failed. Check its certificate."
            : exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
            ? "The receiver could not be reached."
            : "The receiver closed the connection, or its answer is not valid HTTP.";
    }
}
