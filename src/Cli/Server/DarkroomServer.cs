using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Darkroom.Cli.Server;

/// <summary>
/// The HTTP client for a Darkroom server. It retries when the connection breaks. An error answer becomes a <see cref="CommandException"/>.
/// </summary>
internal sealed class DarkroomServer : IDisposable
{
    // Longer than the longest wait that the server supports.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(130);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly bool _hasKey;
    private bool _wasReached;

    /// <param name="url">The address, with a slash at its end.</param>
    /// <param name="key">The function key.</param>
    /// <param name="time">The clock of the pauses between retries.</param>
    /// <param name="tell">Gets a line for each retry.</param>
    /// <param name="entraToken">An Entra token, for a server with sign-in.</param>
    public DarkroomServer(Uri url, string? key, TimeProvider time, Action<string> tell, string? entraToken = null)
    {
        (_time, _tell, _hasKey) = (time, tell, key is not null);
        // A redirect would send the key to another address.
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseCookies = false,
        };
        _http = new HttpClient(connections) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("darkroom-cli", "1.0"));
        if (key is not null && !_http.DefaultRequestHeaders.TryAddWithoutValidation("x-functions-key", key))
            throw CommandException.Usage(Words.KeyNotAHeader);
        if (entraToken is not null && !_http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {entraToken}"))
            throw CommandException.Usage(Words.EntraTokenNotAHeader);
    }

    public Uri Url => _http.BaseAddress!;

    public void Dispose() => _http.Dispose();

    public Task<ServerAnswer> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    public Task<ServerAnswer> DeleteAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), cancellation);

    /// <summary>Sends a PATCH. A repeat has the same result.</summary>
    public Task<ServerAnswer> PatchAsync(string path, Func<HttpContent> body, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Patch, path) { Content = body() }, cancellation);

    /// <summary>Sends a POST that a repeat would do twice, so it is sent once.</summary>
    /// <exception cref="CommandException">It is refused, or the server cannot be reached (<c>MayBeDone</c>).</exception>
    public async Task<ServerAnswer> PostOnceAsync(string path, CancellationToken cancellation)
    {
        var isAnswered = false;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            enough.CancelAfter(Patience);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough.Token);
            var answer = await ServerAnswer.ReadAsync(response, enough.Token);
            isAnswered = true;
            return answer.IsSuccess ? answer : throw Refusal.Of(answer, Url, _hasKey);
        }
        catch (Exception exception) when (!isAnswered && IsBroken(exception) && !cancellation.IsCancellationRequested)
        {
            _wasReached |= !IsWithoutConnection(exception);
            throw Unreachable(exception);
        }
    }

    /// <summary>
    /// Sends a POST. All tries carry the same key; <paramref name="body"/> creates the body for each try. Only a request that starts
    /// nothing may be sent without a key.
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

    /// <summary>
    /// Passes the body of the answer to <paramref name="read"/> as a stream. If the connection breaks, the whole request is sent again.
    /// </summary>
    public async Task<T> ReadAsync<T>(string path, Func<HttpContent, Task<T>> read, CancellationToken cancellation) => await TryAsync(
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            _wasReached = true;
            if (response.StatusCode != HttpStatusCode.OK)
                throw Refusal.Of(await ServerAnswer.ReadAsync(response, cancellation), Url, _hasKey);
            return await read(response.Content);
        },
        cancellation);

    // Errors that the server marks as retryable are retried with the same key, so the work is done once.
    private async Task<ServerAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (var refusals = 1; ; refusals++)
        {
            var answer = await SendOnceAsync(make, cancellation);
            if (answer.IsSuccess)
                return answer;
            if (Problem.Read(answer.Body) is not { Retryable: true } problem
                    || RetryPauses.PauseAfterRefusal(refusals, problem.RetryAfterSeconds) is not { } pause)
                throw Refusal.Of(answer, Url, _hasKey);
            _tell(Words.RetryingIn.With(problem.Detail ?? problem.Title, pause.TotalSeconds));
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
                return IsGatewaysOwn(answer) ? throw new HttpRequestException(Words.GatewayAnswered.With((int)answer.Status)) : answer;
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
                // These errors mean that no connection was made. After any other error the request may have arrived.
                _wasReached |= !IsWithoutConnection(exception);
                if (RetryPauses.PauseAfter(failures, _wasReached) is not { } pause)
                    throw Unreachable(exception);
                await Task.Delay(pause, _time, cancellation);
            }
        }
    }

    // The handler reports a connect timeout as a cancellation with a TimeoutException inside; our own timeout has none.
    private static bool IsWithoutConnection(Exception exception) => exception switch
    {
        HttpRequestException failed => failed.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        OperationCanceledException canceled => canceled.InnerException is TimeoutException,
        _ => false,
    };

    // Our own timeout throws OperationCanceledException. An IOException without a SocketException inside comes from the disk: no retry.
    private static bool IsBroken(Exception exception) =>
        exception is HttpRequestException or HttpIOException or OperationCanceledException
        || exception is IOException { InnerException: SocketException };

    private static bool IsGatewaysOwn(ServerAnswer answer) =>
        answer.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            && Problem.Read(answer.Body) is null;

    private CommandException Unreachable(Exception cause)
    {
        var place = Url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new CommandException(
            ExitCode.Unreachable,
            Words.NoDarkroomAnswers.With(place, cause.Message.TrimEnd('.')),
            cause)
        { MayBeDone = _wasReached };
    }
}
