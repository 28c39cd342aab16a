using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Tests.Conformance.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>Status, suspend, resume, terminate, restart, purge, and queries.</summary>
public sealed class LifecycleTests : IAsyncDisposable
{
    private readonly ConformanceHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_custom_status_has_at_most_16_kilobytes_of_utf16()
    {
        // Two quotes belong to it.
        await _host.StartAsync(nameof(Basics.Status), 8190, "fits");
        Assert.Equal(8190, (await _host.GetAsync("fits")).ReadCustomStatusAs<string>()!.Length);
        var failure = (await _host.RunAsync(nameof(Basics.Status), 8191)).FailureDetails!;
        Assert.Equal(typeof(ArgumentException).FullName, failure.ErrorType);
        Assert.Contains("16384", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_and_outputs_can_be_read_only_if_they_were_asked_for()
    {
        await _host.RunAsync(nameof(Basics.Echo), "x", "one");
        var brief = (await _host.Client.GetInstanceAsync("one"))!;
        Assert.True(brief.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => brief.ReadInputAs<string>());
        Assert.Throws<InvalidOperationException>(() => brief.ReadOutputAs<string>());
        Assert.Throws<InvalidOperationException>(() => brief.ReadCustomStatusAs<string>());
        Assert.Null(await _host.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task A_suspended_instance_is_told_nothing_until_it_is_resumed()
    {
        await _host.StartAsync(nameof(Events.WaitTwice), id: "one");
        await _host.Client.SuspendInstanceAsync("one", "wait");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await _host.GetAsync("one")).RuntimeStatus);
        await _host.Client.RaiseEventAsync("one", "first", "a");
        await _host.Client.RaiseEventAsync("one", "second", "b");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await _host.GetAsync("one")).RuntimeStatus);
        await _host.RestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await _host.GetAsync("one")).RuntimeStatus);
        await _host.Client.ResumeInstanceAsync("one", "go");
        Assert.Equal(["a", "b"], (await _host.EndOfAsync("one")).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task A_timer_that_fires_while_suspended_counts_when_resumed()
    {
        await _host.StartAsync(nameof(Waits.Sleep), 1, "one");
        await _host.RestAsync();
        await _host.Client.SuspendInstanceAsync("one");
        await _host.RestAsync();
        _host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await _host.GetAsync("one")).RuntimeStatus);
        await _host.Client.ResumeInstanceAsync("one");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _host.EndOfAsync("one")).RuntimeStatus);
    }

    [Fact]
    public async Task Terminating_ends_at_once_without_finally_and_keeps_the_output_given()
    {
        await _host.StartAsync(nameof(Mistakes.SkipsFinally), id: "one");
        await _host.RestAsync();
        await _host.Client.TerminateInstanceAsync("one", "because");
        var instance = await _host.EndOfAsync("one");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, instance.RuntimeStatus);
        Assert.Equal("because", instance.ReadOutputAs<string>());
        Assert.Null(instance.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task What_is_over_cannot_be_told_anything()
    {
        await _host.RunAsync(nameof(Basics.Echo), id: "one");
        await Assert.ThrowsAnyAsync<Exception>(() => _host.Client.TerminateInstanceAsync("one"));
        await Assert.ThrowsAnyAsync<Exception>(() => _host.Client.SuspendInstanceAsync("one"));
        await Assert.ThrowsAnyAsync<Exception>(() => _host.Client.ResumeInstanceAsync("one"));
        await Assert.ThrowsAnyAsync<Exception>(() => _host.Client.TerminateInstanceAsync("nobody"));
    }

    [Fact]
    public async Task Restarting_runs_the_same_input_again_under_its_id_or_a_new_one()
    {
        await _host.RunAsync(nameof(Basics.Echo), "x", "one");
        Assert.Equal("one", await _host.Client.RestartAsync("one"));
        Assert.Equal("x", (await _host.EndOfAsync("one")).ReadOutputAs<string>());
        var other = await _host.Client.RestartAsync("one", restartWithNewInstanceId: true);
        Assert.NotEqual("one", other);
        Assert.Equal("x", (await _host.EndOfAsync(other)).ReadOutputAs<string>());
        await Assert.ThrowsAsync<ArgumentException>(() => _host.Client.RestartAsync("nobody"));
    }

    [Fact]
    public async Task Rewinding_runs_again_what_failed()
    {
        await _host.RunAsync(nameof(Retrying.Uncaught), new Failing("rewind-me", 1), "one");
        await _host.Client.RewindInstanceAsync("one", "better now");
        Assert.Equal(2, (await _host.EndOfAsync("one")).ReadOutputAs<int>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _host.Client.RewindInstanceAsync("one", "it is fine"));
        await Assert.ThrowsAsync<ArgumentException>(() => _host.Client.RewindInstanceAsync("nobody", "x"));
    }

    [Fact]
    public async Task Purging_forgets_what_is_over_and_nothing_else()
    {
        await _host.RunAsync(nameof(Basics.Echo), id: "over");
        await _host.StartAsync(nameof(Events.WaitForever), id: "under-way");
        Assert.Equal(1, (await _host.Client.PurgeInstanceAsync("over")).PurgedInstanceCount);
        Assert.Equal(0, (await _host.Client.PurgeInstanceAsync("over")).PurgedInstanceCount);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _host.Client.PurgeInstanceAsync("under-way"));
        await _host.RestartAsync();
        Assert.Null(await _host.Client.GetInstanceAsync("over"));
        Assert.NotNull(await _host.Client.GetInstanceAsync("under-way"));
    }

    [Fact]
    public async Task Purging_by_filter_takes_time_and_status_into_account()
    {
        await _host.RunAsync(nameof(Basics.Echo), id: "early");
        _host.Time.Advance(TimeSpan.FromHours(1));
        var between = _host.Time.GetUtcNow();
        _host.Time.Advance(TimeSpan.FromHours(1));
        await _host.RunAsync(nameof(Basics.Echo), id: "late");
        await _host.RunAsync(nameof(Basics.CallMissingActivity), id: "late-and-failed");
        await _host.StartAsync(nameof(Events.WaitForever), id: "under-way");
        Assert.Equal(1, (await _host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(between, null, [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running]))).PurgedInstanceCount);
        Assert.Equal(1, (await _host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, between))).PurgedInstanceCount);
        Assert.Equal(["late", "under-way"], await IdsAsync(new OrchestrationQuery()));
    }

    [Fact]
    public async Task Instances_are_found_by_prefix_status_and_time_page_by_page()
    {
        for (var i = 0; i < 7; i++)
            await _host.RunAsync(nameof(Basics.Echo), i.ToString(), $"a-{i}");
        await _host.StartAsync(nameof(Events.WaitForever), id: "b-1");
        await _host.RestAsync();
        Assert.Equal(7, (await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "a-", PageSize: 3))).Count);
        Assert.Equal(["b-1"], await IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Empty(await IdsAsync(new OrchestrationQuery(CreatedFrom: _host.Time.GetUtcNow().AddHours(1))));

        var pages = 0;
        await foreach (var page in _host.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true, PageSize: 3)).AsPages())
        {
            pages++;
            Assert.All(page.Values, instance => instance.ReadInputAs<string>());
        }

        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Waiting_for_a_start_ends_when_it_is_no_longer_pending()
    {
        await _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Events.WaitForever), null, new StartOrchestrationOptions("one", _host.Time.GetUtcNow().AddHours(1)));
        var started = _host.Client.WaitForInstanceStartAsync("one");
        await _host.RestAsync();
        Assert.False(started.IsCompleted);
        _host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await started).RuntimeStatus);
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_the_host_allows()
    {
        await using var narrow = new ConformanceHost(new EngineLimits { Activities = 2 });
        Crowd.Reset();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => narrow.RunAsync(nameof(Crowd.Gather))));
        Assert.InRange(Crowd.Most, 1, 2);
    }

    private async Task<List<string>> IdsAsync(OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var instance in _host.Client.GetAllInstancesAsync(query))
            ids.Add(instance.InstanceId);
        return [.. ids.Order(StringComparer.Ordinal)];
    }
}
