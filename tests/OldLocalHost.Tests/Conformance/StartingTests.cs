using Darkroom.LocalHost.Tests.Conformance.Functions;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>Ids, dedupe statuses, versions and tags of a start.</summary>
public sealed class StartingTests : IAsyncDisposable
{
    private static readonly OrchestrationRuntimeStatus[] AllButFailed =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    private readonly ConformanceHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task By_default_a_start_is_refused_while_the_instance_is_under_way()
    {
        await _host.StartAsync(nameof(Events.WaitForever), id: "one");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => _host.StartAsync(nameof(Events.WaitForever), id: "one"));
        await _host.Client.SuspendInstanceAsync("one");
        await _host.RestAsync();
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => _host.StartAsync(nameof(Events.WaitForever), id: "one"));
    }

    [Fact]
    public async Task By_default_a_pending_instance_is_not_replaced()
    {
        await _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Echo), "x", new StartOrchestrationOptions("one", _host.Time.GetUtcNow().AddHours(1)));
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => _host.StartAsync(nameof(Basics.Echo), id: "one"));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await _host.GetAsync("one")).RuntimeStatus);
        Assert.Equal("x", (await _host.EndOfAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task By_default_a_completed_instance_is_replaced_silently()
    {
        Assert.Equal("first", (await _host.RunAsync(nameof(Basics.Echo), "first", "one")).ReadOutputAs<string>());
        Assert.Equal("second", (await _host.RunAsync(nameof(Basics.Echo), "second", "one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task By_default_failed_and_terminated_instances_are_replaced_silently()
    {
        await _host.RunAsync(nameof(Basics.CallMissingActivity), id: "one");
        Assert.Equal("again", (await _host.RunAsync(nameof(Basics.Echo), "again", "one")).ReadOutputAs<string>());
        await _host.StartAsync(nameof(Events.WaitForever), id: "two");
        await _host.Client.TerminateInstanceAsync("two");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await _host.EndOfAsync("two")).RuntimeStatus);
        Assert.Equal("again", (await _host.RunAsync(nameof(Basics.Echo), "again", "two")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Dedupe_statuses_leave_a_completed_instance_alone_and_a_failed_one_reusable()
    {
        await _host.RunAsync(nameof(Basics.Echo), "first", "one");
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(AllButFailed);
        var refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Echo), "second", options));
        Assert.Contains("one", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("first", (await _host.GetAsync("one")).ReadOutputAs<string>());

        await _host.RunAsync(nameof(Basics.CallMissingActivity), id: "two");
        await _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Echo), "again", new StartOrchestrationOptions("two").WithDedupeStatuses(AllButFailed));
        Assert.Equal("again", (await _host.EndOfAsync("two")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminated_may_be_left_alone_only_with_all_that_are_under_way()
    {
        var alone = new StartOrchestrationOptions("one").WithDedupeStatuses(OrchestrationRuntimeStatus.Terminated);
        await Assert.ThrowsAsync<ArgumentException>(() => _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Echo), "x", alone));
        var withAll = new StartOrchestrationOptions("one").WithDedupeStatuses([.. AllButFailed, OrchestrationRuntimeStatus.Terminated]);
        Assert.Equal("one", await _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Echo), "x", withAll));
    }

    [Fact]
    public async Task Without_any_dedupe_status_a_running_instance_is_ended_and_replaced()
    {
        await _host.StartAsync(nameof(Events.WaitForever), id: "one");
        await _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Echo), "new", new StartOrchestrationOptions("one").WithDedupeStatuses());
        Assert.Equal("new", (await _host.EndOfAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Fifty_starts_of_one_id_at_once_are_one_instance()
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                await _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Echo), "x", new StartOrchestrationOptions("one").WithDedupeStatuses(AllButFailed));
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }));
        Assert.Single(starts, started => started);
    }

    [Theory]
    [InlineData("@entity@key")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    [InlineData("")]
    public async Task An_id_that_cannot_be_one_is_refused(string id) => await Assert.ThrowsAnyAsync<ArgumentException>(() => _host.StartAsync(nameof(Basics.Echo), id: id));

    [Fact]
    public async Task An_id_has_at_most_a_hundred_characters()
    {
        Assert.Equal("x", (await _host.RunAsync(nameof(Basics.Echo), "x", new string('i', 100))).ReadOutputAs<string>());
        await Assert.ThrowsAsync<ArgumentException>(() => _host.StartAsync(nameof(Basics.Echo), id: new string('i', 101)));
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails_and_stays_queryable()
    {
        var instance = await _host.RunAsync("NobodyWroteThis");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Contains("'NobodyWroteThis' doesn't exist", instance.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(nameof(Basics.HelloCities), instance.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_and_version_stay_with_the_instance()
    {
        var options = new StartOrchestrationOptions("one") { Tags = new Dictionary<string, string> { ["batch"] = "7" }, Version = "2.5" };
        await _host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.AboutMyself), null, options);
        var instance = await _host.EndOfAsync("one");
        Assert.Equal("7", instance.Tags["batch"]);
        Assert.Equal("2.5", instance.ReadOutputAs<string[]>()![2]);
        await _host.RestartAsync();
        Assert.Equal("7", (await _host.GetAsync("one")).Tags["batch"]);
    }

    [Fact]
    public async Task The_default_version_is_that_of_the_host() => Assert.Equal("1.0", (await _host.RunAsync(nameof(Basics.AboutMyself))).ReadOutputAs<string[]>()![2]);
}
