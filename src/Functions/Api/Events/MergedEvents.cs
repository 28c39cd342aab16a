using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Darkroom.Api.Events;

/// <summary>Merges several streams of events into one, in order of arrival. It ends when all of them have ended.</summary>
internal static class MergedEvents
{
    public delegate IAsyncEnumerable<SseItem<string>> Source(CancellationToken end);

    /// <summary>The events of all sources. A failure of one source ends the others, and is thrown.</summary>
    public static async IAsyncEnumerable<SseItem<string>> Of(
        IEnumerable<Source> sources, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sources);
        // A slow client slows the reads down: a source waits until its last event was sent.
        var events = Channel.CreateBounded<SseItem<string>>(1);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var all = CompleteAsync([.. sources.Select(source => ForwardAsync(source, events.Writer, end))], events.Writer);
        try
        {
            await foreach (var item in events.Reader.ReadAllAsync(cancellation))
                yield return item;
        }
        finally
        {
            await end.CancelAsync();
            await all;
        }
    }

    private static async Task ForwardAsync(Source source, ChannelWriter<SseItem<string>> writer, CancellationTokenSource end)
    {
        try
        {
            await foreach (var item in source(end.Token))
                await writer.WriteAsync(item, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The stream ends, or another source has failed.
        }
        catch
        {
            await end.CancelAsync();
            throw;
        }
    }

    private static async Task CompleteAsync(Task[] forwards, ChannelWriter<SseItem<string>> writer)
    {
        var all = Task.WhenAll(forwards);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.Complete(all.Exception?.InnerException);
    }
}
