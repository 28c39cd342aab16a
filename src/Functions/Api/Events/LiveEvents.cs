using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.Events;

/// <summary>
/// Streams Server-Sent Events. While there are no events it sends a comment every 15 seconds, because proxies close silent connections.
/// After <see cref="ResponseTimeout.Longest"/> the stream ends normally, and the client reconnects with <c>Last-Event-ID</c>.
/// </summary>
/// <param name="events">The events to send. The token is cancelled when the stream ends.</param>
/// <param name="place">The place among the waiting callers; it is disposed when the stream ends.</param>
/// <param name="time">The clock.</param>
public sealed class LiveEvents(
    Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> events, IDisposable place, TimeProvider time) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        using var held = place;
        EventStream.Prepare(httpContext);

        using var enough = new CancellationTokenSource(ResponseTimeout.Longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, httpContext.RequestAborted);
        // The client gets the headers now: the first event may come much later.
        await httpContext.Response.StartAsync(httpContext.RequestAborted);
        using var silence = new PeriodicTimer(EventStream.LongestSilence, time);
        var body = httpContext.Response.Body;
        var each = events(end.Token).GetAsyncEnumerator(end.Token);
        var next = each.MoveNextAsync().AsTask();
        try
        {
            var sign = silence.WaitForNextTickAsync(end.Token).AsTask();
            while (true)
            {
                await Task.WhenAny(next, sign);
                if (next.IsCompleted)
                {
                    if (!await next)
                        return;
                    await SseFormatter.WriteAsync(One(each.Current), body, end.Token);
                    next = each.MoveNextAsync().AsTask();
                }
                else
                {
                    await sign;
                    await body.WriteAsync(EventStream.Comment, end.Token);
                    sign = silence.WaitForNextTickAsync(end.Token).AsTask();
                }

                await body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time limit is reached, or the client has disconnected.
        }
        finally
        {
            // An async enumerator may only be disposed after its pending MoveNextAsync has completed.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await each.DisposeAsync();
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> One(SseItem<string> item)
    {
        yield return item;
        await Task.CompletedTask;
    }
}
