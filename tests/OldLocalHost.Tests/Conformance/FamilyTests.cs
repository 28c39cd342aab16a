using Darkroom.LocalHost.Tests.Conformance.Functions;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>Orchestrations that call orchestrations.</summary>
public sealed class FamilyTests : IAsyncDisposable
{
    private readonly ConformanceHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_child_knows_its_parent_and_one_without_an_id_gets_the_next_guid()
    {
        var told = (await _host.RunAsync(nameof(Families.Parent), id: "one")).ReadOutputAs<string[]>()!;
        Assert.Equal("named/one-child/Parent/one", told[1]);
        var id = told[2].Split('/')[1];
        Assert.Equal(32, id.Length);
        Assert.Equal('5', id[12]);
        Assert.NotEqual(told[0], id);
        Assert.NotNull(await _host.Client.GetInstanceAsync(id));
    }

    [Fact]
    public async Task A_childs_failure_is_the_parents_to_catch_with_its_cause_inside() =>
        Assert.Equal("Microsoft.DurableTask.TaskFailedException|System.TimeoutException", (await _host.RunAsync(nameof(Families.ParentOfFailure), id: "failing-parent")).ReadOutputAs<string>());

    [Fact]
    public async Task A_terminated_child_is_a_failure_without_details()
    {
        await _host.StartAsync(nameof(Families.ParentOfWaiting), id: "one");
        await _host.RestAsync();
        await _host.Client.TerminateInstanceAsync("one-child");
        Assert.Equal("terminated", (await _host.EndOfAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminating_a_parent_takes_its_children_along_when_asked()
    {
        await _host.StartAsync(nameof(Families.ParentOfWaiting), id: "one");
        await _host.RestAsync();
        await _host.Client.TerminateInstanceAsync("one", new TerminateInstanceOptions("enough", Recursive: true));
        Assert.Equal("enough", (await _host.EndOfAsync("one")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await _host.EndOfAsync("one-child")).RuntimeStatus);
    }

    [Fact]
    public async Task Terminating_a_parent_leaves_its_children_otherwise()
    {
        await _host.StartAsync(nameof(Families.ParentOfWaiting), id: "one");
        await _host.RestAsync();
        await _host.Client.TerminateInstanceAsync("one");
        await _host.EndOfAsync("one");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _host.GetAsync("one-child")).RuntimeStatus);
    }

    [Fact]
    public async Task A_child_that_is_not_there_fails_its_parent() =>
        Assert.Contains("'NobodyWroteThisEither' doesn't exist", (await _host.RunAsync(nameof(Families.CallMissingChild))).FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);

    [Fact]
    public async Task Rewinding_a_parent_rewinds_the_child_that_failed_and_keeps_what_succeeded()
    {
        await _host.RunAsync(nameof(Families.ParentOfTwo), "rewound", "one");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _host.GetAsync("one")).RuntimeStatus);
        await _host.Client.RewindInstanceAsync("one", "the outage is over");
        Assert.Equal(3, (await _host.EndOfAsync("one")).ReadOutputAs<int>());
        Assert.Equal(2, Activities.Attempts["rewound-1"]);
        Assert.Equal(1, Activities.Attempts["rewound-2"]);
        await _host.RestartAsync();
        Assert.Equal(3, (await _host.GetAsync("one")).ReadOutputAs<int>());
    }
}
