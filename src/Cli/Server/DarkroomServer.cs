using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Darkroom.Cli.Server;

/// <summary>
/// A Darkroom, over HTTP. Calls are repeated when the connection breaks; a refusal is an exception in the server's own words.
/// </summary>
internal sealed class DarkroomServer : IDisposable
{
    // Longer than any answer may be waited for on the server's side.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(130);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private bool _wasReached;

    public DarkroomServer(Uri url, string? key, TimeProvider time, Action<string> tell)
    {
        (_time, _tell) = (time, tell);
        // A redirect would carry the key elsewhere.
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseCookies = false,
        };
        _http = new HttpClient(connections) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("darkroom-cli", "1.0"));
        if (key is not null && !_http.DefaultRequestHeaders.TryAddWithoutValidation("x-functions-key", key))
            throw CommandException.Usage("--key: Cannot stand in a header.");
    }

    public Uri Url => _http.BaseAddress!;

    public void Dispose() => _http.Dispose();

    public Task<ServerAnswer> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    public Task<ServerAnswer> DeleteAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), cancellation);

    /// <summary>
    /// Posts, with the same key however often it takes; <paramref name="body"/> makes the body anew each time. Only what starts nothing
    /// goes without a key.
    /// </summary>
    public Task<ServerAnswer> PostAsync(string path, string? idempotencyKey, Func<HttpContent> body, CancellationToken cancellation) =>
        SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body() };
            if (idempotencyKey is not null)
                request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
            return request;
        },
        cancellation);

    /// <summary>Hands the answer's body on as it arrives; all of it again when it breaks off.</summary>
    public async Task<T> ReadAsync<T>(string path, Func<HttpContent, Task<T>> read, CancellationToken cancellation) => await TryAsync(
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            _wasReached = true;
            if (response.StatusCode != HttpStatusCode.OK)
                throw Refusal.Of(await ServerAnswer.ReadAsync(response, cancellation), Url);
            return await read(response.Content);
        },
        cancellation);

    // What the server says can succeed another time is sent again, with the same key, so it is done once.
    private async Task<ServerAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (var refusals = 1; ; refusals++)
        {
            var answer = await SendOnceAsync(make, cancellation);
            if (answer.IsSuccess)
                return answer;
            if (
                Problem.Read(answer.Body) is not { Retryable: true } problem
                    || Persistence.PauseAfterRefusal(refusals, problem.RetryAfterSeconds) is not { } pause)
                throw Refusal.Of(answer, Url);
            _tell($"{problem.Detail ?? problem.Title} It is tried again in {pause.TotalSeconds:0} s.");
            await Task.Delay(pause, _time, cancellation);
        }
    }

    private Task<ServerAnswer> SendOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancellation) =>
        TryAsync(
            async () =>
            {
                using var request = make();
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                enough.CancelAfter(Patience);
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough.Token);
                _wasReached = true;
                var answer = await ServerAnswer.ReadAsync(response, enough.Token);
                return IsGatewaysOwn(answer) ? throw new HttpRequestException($"a gateway answered {(int)answer.Status}") : answer;
            },
            cancellation);

    private async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (IsBroken(exception) && !cancellation.IsCancellationRequested)
            {
                // A connection that was made and broke has reached somebody.
                _wasReached |= exception is not HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError,
                };
                if (Persistence.PauseAfter(failures, _wasReached) is not { } pause)
                    throw Unreachable(exception);
                await Task.Delay(pause, _time, cancellation);
            }
        }
    }

    // A time-out of ours looks like a cancellation; a body that breaks off is one of the others. What a disk complains of is none of these.
    private static bool IsBroken(Exception exception) =>
        exception is HttpRequestException or HttpIOException or IOException
        {
            InnerException: SocketException,
        } or OperationCanceledException;

    private static bool IsGatewaysOwn(ServerAnswer answer) =>
        answer.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            && Problem.Read(answer.Body) is null;

    private CommandException Unreachable(Exception cause)
    {
        var place = Url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new CommandException(
            ExitCode.Unreachable,
            $"No Darkroom answers at {place} ({cause.Message.TrimEnd('.')}). Start one with: ./darkroom up",
            cause) { MayBeDone = _wasReached };
    }
}
