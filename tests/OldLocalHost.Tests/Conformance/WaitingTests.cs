using System.Globalization;
using Darkroom.LocalHost.Tests.Conformance.Functions;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>Timers and external events.</summary>
public sealed class WaitingTests : IAsyncDisposable
{
    private readonly ConformanceHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_timer_fires_at_its_time()
    {
        var times = (await _host.RunAsync(nameof(Waits.Sleep), 3)).ReadOutputAs<string[]>()!.Select(time => DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)).ToArray();
        Assert.InRange(times[1] - times[0], TimeSpan.FromHours(3), TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_timer_outlives_its_process_and_fires_when_its_time_came_meanwhile()
    {
        await _host.StartAsync(nameof(Waits.Sleep), 3, "one");
        await _host.RestAsync();
        await _host.RestartAsync();
        Assert.Equal(1, _host.Core.Timers.Count);
        _host.Time.Advance(TimeSpan.FromHours(2));
        await _host.RestAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _host.GetAsync("one")).RuntimeStatus);
        _host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _host.EndOfAsync("one")).RuntimeStatus);
    }

    [Fact]
    public async Task A_short_timer_and_one_in_the_past_fire()
    {
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _host.RunAsync(nameof(Waits.ShortTimer))).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _host.RunAsync(nameof(Waits.PastTimer))).RuntimeStatus);
    }

    [Fact]
    public async Task A_timer_that_has_neither_fired_nor_been_cancelled_keeps_its_instance_running()
    {
        await _host.StartAsync(nameof(Waits.ForgetATimer), id: "one");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _host.GetAsync("one")).RuntimeStatus);
        _host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("returned", (await _host.EndOfAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_cancelled_timer_keeps_nobody()
    {
        await _host.StartAsync(nameof(Waits.CancelATimer), id: "one");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _host.GetAsync("one")).RuntimeStatus);
        Assert.Equal(0, _host.Core.Timers.Count);
    }

    [Fact]
    public async Task Event_names_ignore_case()
    {
        await _host.StartAsync(nameof(Events.WaitTwice), id: "one");
        await _host.Client.RaiseEventAsync("one", "FIRST", "a");
        await _host.Client.RaiseEventAsync("one", "sEcOnD", "b");
        Assert.Equal(["a", "b"], (await _host.EndOfAsync("one")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task Events_that_come_before_anybody_waits_are_kept()
    {
        await _host.StartAsync(nameof(Events.WaitTwice), id: "one");
        await _host.Client.RaiseEventAsync("one", "second", "b");
        await _host.RestAsync();
        await _host.RestartAsync();
        await _host.Client.RaiseEventAsync("one", "first", "a");
        Assert.Equal(["a", "b"], (await _host.EndOfAsync("one")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task Of_two_who_wait_for_a_name_the_latest_gets_the_first_event()
    {
        await _host.StartAsync(nameof(Events.WaitAtOnce), id: "one");
        await _host.RestAsync();
        await _host.Client.RaiseEventAsync("one", "item", "a");
        await _host.Client.RaiseEventAsync("one", "item", "b");
        Assert.Equal(["b", "a"], (await _host.EndOfAsync("one")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task A_wait_with_a_limit_ends_in_a_cancellation()
    {
        Assert.Equal("timed out", (await _host.RunAsync(nameof(Events.WaitAWhile))).ReadOutputAs<string>());
        await _host.StartAsync(nameof(Events.WaitAWhile), id: "two");
        await _host.Client.RaiseEventAsync("two", "item", "in time");
        await _host.RestAsync();
        Assert.Equal("in time", (await _host.EndOfAsync("two")).ReadOutputAs<string>());
        Assert.Equal(0, _host.Core.Timers.Count);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_catches_fails_the_instance() =>
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _host.RunAsync(nameof(Events.TimeOutUncaught))).RuntimeStatus);

    [Fact]
    public async Task An_event_given_to_a_wait_that_was_given_up_is_lost()
    {
        await _host.StartAsync(nameof(Events.WaitAgainAfterTimeout), id: "one");
        await _host.Client.RaiseEventAsync("one", "item", "lost");
        await _host.Client.RaiseEventAsync("one", "go", "");
        await _host.RestAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _host.GetAsync("one")).RuntimeStatus);
        await _host.Client.RaiseEventAsync("one", "item", "taken");
        Assert.Equal("taken", (await _host.EndOfAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Orchestrations_send_each_other_events_and_to_nobody_without_harm()
    {
        await _host.StartAsync(nameof(Events.WaitTwice), id: "one");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _host.RunAsync(nameof(Events.SendTo), "one")).RuntimeStatus);
        Assert.Equal(["one", "two"], (await _host.EndOfAsync("one")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task An_event_for_nobody_or_for_one_that_is_over_is_refused()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => _host.Client.RaiseEventAsync("nobody", "x", "y"));
        await _host.RunAsync(nameof(Basics.Echo), id: "one");
        await Assert.ThrowsAnyAsync<Exception>(() => _host.Client.RaiseEventAsync("one", "x", "y"));
    }
}
