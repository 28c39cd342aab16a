using Darkroom.LocalHost.Tests.Conformance.Functions;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>Orchestrations that continue as new.</summary>
public sealed class RenewalTests : IAsyncDisposable
{
    private readonly ConformanceHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_execution_begins_with_its_own_input_and_an_empty_history()
    {
        Assert.Equal("left 0", (await _host.RunAsync(nameof(Renewal.CountDown), 100, "one")).ReadOutputAs<string>());
        Assert.True(_host.Core.Read("one")!.History.Count < 10);
        Assert.Equal(0, (await _host.GetAsync("one")).ReadInputAs<int>());
    }

    [Fact]
    public async Task Custom_status_is_null_again_until_it_is_set()
    {
        await _host.StartAsync(nameof(Renewal.StatusOnce), "first", "one");
        Assert.Equal("set", (await _host.GetAsync("one")).ReadCustomStatusAs<string>());
        await _host.Client.RaiseEventAsync("one", "renew", "");
        Assert.Null((await _host.GetAsync("one")).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Events_that_nobody_waited_for_go_along()
    {
        await _host.StartAsync(nameof(Renewal.TakeOneAtATime), new Taken([], Keep: true), "one");
        foreach (var item in new[] { "a", "b", "c" })
            await _host.Client.RaiseEventAsync("one", "item", item);
        Assert.Equal(["a", "b", "c"], (await _host.EndOfAsync("one")).ReadOutputAs<string[]>()!.Order());
    }

    [Fact]
    public async Task Events_that_nobody_waited_for_are_left_behind_when_asked()
    {
        await _host.StartAsync(nameof(Renewal.TakeOneAtATime), new Taken([], Keep: false), "one");
        await _host.Client.SuspendInstanceAsync("one");
        await _host.RestAsync();
        foreach (var item in new[] { "a", "b", "c" })
            await _host.Client.RaiseEventAsync("one", "item", item);
        await _host.RestAsync();
        await _host.Client.ResumeInstanceAsync("one");
        await _host.RestAsync();
        // The three came in one step: the first was taken, the others were there and are gone.
        Assert.Equal(["a"], (await _host.GetAsync("one")).ReadInputAs<Taken>()!.Items);
    }

    [Fact]
    public async Task A_deadline_is_carried_through_the_input() =>
        Assert.Equal("deadline passed", (await _host.RunAsync(nameof(Renewal.Deadline))).ReadOutputAs<string>());

    [Fact]
    public async Task The_time_of_creation_is_that_of_the_latest_execution()
    {
        await _host.StartAsync(nameof(Renewal.Deadline), id: "one");
        var before = (await _host.GetAsync("one")).CreatedAt;
        Assert.True((await _host.EndOfAsync("one")).CreatedAt > before);
    }
}
