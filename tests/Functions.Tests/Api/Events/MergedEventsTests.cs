using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Darkroom.Api.Events;

namespace Darkroom.Functions.Tests.Api.Events;

public sealed class MergedEventsTests
{
    [Fact]
    public async Task Of_SeveralSources_BringsAllEventsOfEachInOrder()
    {
        var merged = await AllAsync(Numbers("a", 3), Numbers("b", 0), Numbers("c", 5));
        Assert.Equal(["0", "1", "2"], merged.Where(one => one.EventType == "a").Select(one => one.Data));
        Assert.Equal(["0", "1", "2", "3", "4"], merged.Where(one => one.EventType == "c").Select(one => one.Data));
        Assert.Equal(8, merged.Count);
    }

    [Fact]
    public async Task Of_NoSource_EndsAtOnce() => Assert.Empty(await AllAsync());

    [Fact]
    public async Task Of_FailingSource_EndsTheOthersAndThrows()
    {
        var ended = new TaskCompletionSource();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => AllAsync(Endless(ended), Failing));
        Assert.Equal("broken", failure.Message);
        await ended.Task;
    }

    [Fact]
    public async Task Of_ReaderThatStops_EndsTheSources()
    {
        var ended = new TaskCompletionSource();
        await foreach (var one in MergedEvents.Of([Endless(ended)], CancellationToken.None))
        {
            Assert.Equal("endless", one.EventType);
            break;
        }

        await ended.Task;
    }

    private static async Task<List<SseItem<string>>> AllAsync(params MergedEvents.Source[] sources)
    {
        var all = new List<SseItem<string>>();
        await foreach (var one in MergedEvents.Of(sources, CancellationToken.None))
            all.Add(one);
        return all;
    }

    private static MergedEvents.Source Numbers(string name, int count) => _ =>
        Enumerable.Range(0, count).Select(number => new SseItem<string>($"{number}", name)).ToAsyncEnumerable();

    private static async IAsyncEnumerable<SseItem<string>> Failing([EnumeratorCancellation] CancellationToken end)
    {
        await Task.Yield();
        end.ThrowIfCancellationRequested();
        yield return new SseItem<string>("0", "failing");
        throw new InvalidOperationException("broken");
    }

    private static MergedEvents.Source Endless(TaskCompletionSource ended)
    {
        return Run;

        async IAsyncEnumerable<SseItem<string>> Run([EnumeratorCancellation] CancellationToken end)
        {
            try
            {
                yield return new SseItem<string>("0", "endless");
                await Task.Delay(Timeout.Infinite, end);
            }
            finally
            {
                ended.SetResult();
            }
        }
    }
}
