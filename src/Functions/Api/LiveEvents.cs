using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Darkroom.Api;

/// <summary>
/// Server-Sent Events that stay alive: when there is nothing to tell a comment says so, because proxies take silence for an end. A stream
/// that was long enough ends like any other, and who follows comes back with the number of the last event.
/// </summary>
/// <param name="events">What to tell, until there is no more or it is cancelled.</param>
/// <param name="place">Is given back when it ends.</param>
/// <param name="time">The clock.</param>
public sealed class LiveEvents(
    Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> events, IDisposable place, TimeProvider time) : IResult
{
    // A load balancer of Azure cuts after four minutes of silence, many proxies after one.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private static readonly byte[] Comment = [.. ":\n\n"u8];

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        using var held = place;
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-cache,no-store";
        // For the proxies that gather answers before they pass them on.
        httpContext.Response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        using var enough = new CancellationTokenSource(ResponseTimeout.Longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, httpContext.RequestAborted);
        // The headers go out at once, whenever the first event may come.
        await httpContext.Response.StartAsync(httpContext.RequestAborted);
        using var silence = new PeriodicTimer(LongestSilence, time);
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
                    await body.WriteAsync(Comment, end.Token);
                    sign = silence.WaitForNextTickAsync(end.Token).AsTask();
                }

                await body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Long enough, or nobody listens any more.
        }
        finally
        {
            // Only between two steps it may be left.
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
