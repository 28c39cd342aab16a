using System.Net.Http.Headers;
using Darkroom.ModelScope.Failures;

namespace Darkroom.ModelScope.Wire;

/// <summary>
/// Makes one call to the API: adds the token, limits the size and duration of the answer, and turns refusals and transport failures into a
/// <see cref="ModelScopeException"/>.
/// </summary>
internal sealed class ApiCalls(HttpClient http, ModelScopeOptions options, TimeProvider time)
{
    // ModelScope's error bodies are short. A longer body comes from something else and is ignored.
    private const int MaxErrorBytes = 256 << 10;

    public TimeProvider Time => time;

    /// <summary>
    /// Reads one answer. An answer that <paramref name="accepts"/> allows is passed to <paramref name="take"/>; others are thrown.
    /// </summary>
    public async Task<T> ReadAsync<T>(
        Uri address,
        Action<HttpRequestMessage>? prepare,
        Func<HttpResponseMessage, bool> accepts,
        Func<HttpResponseMessage, CancellationToken, Task<T>> take,
        CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        prepare?.Invoke(request);
        using var limit = new TimeLimit(options.ReadTimeout, time, cancellation);
        try
        {
            var response = await SendAsync(request, limit.Token);
            if (accepts(response))
                return await take(response, limit.Token);
            using (response)
                throw await RefusalAsync(Call.Read, response, limit.Token);
        }
        catch (Exception exception) when (IsTransport(exception) && !cancellation.IsCancellationRequested)
        {
            throw NoAnswer(limit, exception);
        }
    }

    /// <summary>
    /// Posts once. After sending the body has begun, every outcome without a readable answer is ambiguous, a cancellation included.
    /// </summary>
    public async Task<T> PostAsync<T>(
        Uri address,
        ReadOnlyMemory<byte> json,
        Action<HttpRequestMessage> prepare,
        Func<HttpResponseMessage, CancellationToken, Task<T>> take,
        CancellationToken cancellation)
    {
        using var content = new TrackedContent(json);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        prepare(request);
        using var limit = new TimeLimit(options.SubmitTimeout, time, cancellation);
        try
        {
            using var response = await SendAsync(request, limit.Token);
            if (response.IsSuccessStatusCode)
                return await take(response, limit.Token);
            throw await RefusalAsync(Call.Submit, response, limit.Token);
        }
        catch (Exception exception) when (
            IsTransport(exception) && FailureRules.ClassifyNoAnswer(Call.Submit, content.HasLeft) == FailureKind.AmbiguousSubmit)
        {
            var what = limit.HasPassed
                ? "there was no answer in time."
                : cancellation.IsCancellationRequested
                ? "the call was canceled after sending had begun."
                : "the connection was lost.";
            throw new AmbiguousSubmitException(what, new FailureDetails { Cause = exception });
        }
        catch (Exception exception) when (IsTransport(exception) && !cancellation.IsCancellationRequested)
        {
            throw NoAnswer(limit, exception, nothingWasSent: true);
        }
    }

    public UpstreamReason Clean(UpstreamReason? reason, HttpResponseMessage response) => new(
        PublicText.Clean(reason?.Code, options.Token),
        PublicText.Clean(reason?.Message, options.Token),
        PublicText.Clean(reason?.RequestId ?? Header(response, "X-Request-Id"), options.Token),
        reason?.IsEnvelope ?? false);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (!options.Token.IsEmpty)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token.Reveal());
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private async Task<ModelScopeException> RefusalAsync(Call call, HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        using var body = await ErrorBodyAsync(response, cancellation);
        var reason = Clean(body is null ? null : ErrorAnswer.Read(body.Bytes), response);
        var now = time.GetUtcNow();
        var details = new FailureDetails
        {
            StatusCode = status,
            Reason = reason,
            RetryAfter = RetryAfterHeader.Read(response.Headers, now),
        };
        return FailureFactory.From(call, FailureRules.Classify(call, status, reason), details, now);
    }

    // The status is known and valid. If the body cannot be read, the failure only has no message and no error envelope.
    private static async Task<BoundedBody?> ErrorBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(response.Content, MaxErrorBytes, cancellation);
            if (!body.IsTooLarge)
                return body;
            body.Dispose();
            return null;
        }
        catch (Exception exception) when (IsTransport(exception))
        {
            return null;
        }
    }

    private static UpstreamUnavailableException NoAnswer(TimeLimit limit, Exception cause, bool nothingWasSent = false) => new(
        limit.HasPassed
            ? "ModelScope did not answer in time."
            : nothingWasSent
            ? "No connection to ModelScope could be made."
            : "The connection to ModelScope failed.",
        new FailureDetails { Cause = cause },
        nothingWasSent);

    private static bool IsTransport(Exception exception) =>
        exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
