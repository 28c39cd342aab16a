using Darkroom.Functions.Tests.Orchestrations.TaskHub;
using Darkroom.TestKit;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>The in-memory hub that the tests of workflows use.</summary>
public sealed class InMemoryTaskHubTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Timer_Due_FiresAndTheClockJumpsThere()
    {
        await using var hub = Hub<string, DateTime>(async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(10), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        hub.Start("Test", null, "a");
        await hub.RunUntilEndAsync("a");
        Assert.Equal(Start.UtcDateTime.AddDays(10), hub.Get("a").ReadOutput<DateTime>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Timer_EarlyTimers_FiresUpToASecondBeforeItsTime(int seed)
    {
        await using var hub = new InMemoryTaskHub(new ManualTime(Start), seed) { HasEarlyTimers = true };
        hub.AddOrchestrator<string, DateTime>("Test", async context =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(30), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        hub.Start("Test", null, "a");
        await hub.RunUntilEndAsync("a");
        var missing = Start.UtcDateTime.AddSeconds(30) - hub.Get("a").ReadOutput<DateTime>();
        Assert.InRange(missing, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Timer_Canceled_HasNoEffect()
    {
        await using var hub = Hub<string, string>(async context =>
        {
            using var enough = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), enough.Token);
            var told = context.WaitForExternalEvent<string>("go");
            var first = await Task.WhenAny(timer, told);
            enough.Cancel();
            await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
            return first == told && timer.IsCanceled ? await told : "timer";
        });
        hub.Start("Test", null, "a");
        await hub.RunForAsync(TimeSpan.FromHours(1));
        hub.RaiseEvent("a", "GO", "told");
        await hub.RunUntilEndAsync("a");
        Assert.Equal("told", hub.Get("a").ReadOutput<string>());
        Assert.Equal(Start.AddHours(49), hub.Now);
    }

    [Fact]
    public async Task Events_BeforeOrDuringTheWait_ArriveInOrder()
    {
        await using var hub = Hub<string, string[]>(async context =>
        {
            var heard = new List<string> { await context.WaitForExternalEvent<string>("word") };
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            heard.Add(await context.WaitForExternalEvent<string>("word"));
            heard.Add(await context.WaitForExternalEvent<string>("word"));
            return [.. heard];
        });
        hub.Start("Test", null, "a");
        foreach (var word in new[] { "one", "two", "three" })
            hub.RaiseEvent("a", "word", word);
        hub.RaiseEvent("nobody", "word", "dropped");
        await hub.RunUntilEndAsync("a");
        Assert.Equal(["one", "two", "three"], hub.Get("a").ReadOutput<string[]>()!);
    }

    [Fact]
    public async Task SubOrchestration_AtItsEnd_ReturnsItsOutputOrFailsWithTypeAndMessage()
    {
        await using var hub = Hub<bool, string>(async context =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>(
                    "Child", context.GetInput<bool>(), new SubOrchestrationOptions(instanceId: $"{context.InstanceId}.0"));
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.FailureDetails.IsCausedBy<InvalidTimeZoneException>()} {failed.FailureDetails.ErrorMessage}";
            }
        });
        hub.AddOrchestrator<bool, string>("Child", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return context.GetInput<bool>() ? throw new InvalidTimeZoneException("wrong") : $"child of {context.Parent!.InstanceId}";
        });
        foreach (var fails in new[] { false, true })
            hub.Start("Test", fails, $"{fails}");
        await hub.RunUntilAsync(() => hub.Instances.All(instance => instance.IsCompleted));
        Assert.Equal("child of False", hub.Get("False").ReadOutput<string>());
        Assert.Equal("True wrong", hub.Get("True").ReadOutput<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Failed, hub.Get("True.0").Status);
    }

    [Fact]
    public async Task Activity_Fails_IsRetriedByTheClockAndKeepsTheExceptionType()
    {
        await using var hub = Hub<string, string>(async context =>
        {
            var options = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1), 2));
            var first = await context.CallActivityAsync<int>("Count", "a", options);
            try
            {
                await context.CallActivityAsync("Break", "b", options);
                return "";
            }
            catch (TaskFailedException failed)
            {
                return $"{first} {failed.TaskName} {failed.FailureDetails.ErrorType} {failed.FailureDetails.ErrorMessage}";
            }
        });
        var calls = 0;
        hub.AnswerActivity<string, int>(
            "Count", input => ++calls == 3 && input == "a" ? calls : throw new IOException("not yet"), takes: TimeSpan.FromSeconds(10));
        hub.AnswerActivity<string, int>("Break", _ => throw new IOException("never"));
        hub.Start("Test", null, "a");
        await hub.RunUntilEndAsync("a");
        Assert.Equal("3 Break System.IO.IOException never", hub.Get("a").ReadOutput<string>());
        // Three calls of ten seconds with pauses of one and two minutes, then the pauses of the second activity.
        Assert.Equal(Start + TimeSpan.FromSeconds(30) + TimeSpan.FromMinutes(6), hub.Now);
    }

    [Fact]
    public async Task Terminate_InstanceWithAChild_EndsOnlyTheInstance()
    {
        await using var hub = Hub<string, string>(
            context => context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"))!);
        hub.AddOrchestrator<string, string>("Child", context => context.WaitForExternalEvent<string>("go")!);
        hub.Start("Test", null, "a");
        await hub.SettleAsync();
        Assert.False(hub.Purge("a"));
        hub.Terminate("a");
        await hub.SettleAsync();
        Assert.Equal(
            (OrchestrationRuntimeStatus.Terminated, OrchestrationRuntimeStatus.Running), (hub.Get("a").Status, hub.Get("child").Status));
        hub.RaiseEvent("child", "go", "on");
        await hub.RunUntilEndAsync("child");
        Assert.True(hub.Purge("a"));
        Assert.Null(hub.Find("a"));
    }

    [Fact]
    public async Task Suspend_Event_IsHeldBackUntilResume()
    {
        await using var hub = Hub<string, string>(context => context.WaitForExternalEvent<string>("go")!);
        hub.Start("Test", null, "a");
        await hub.SettleAsync();
        hub.Suspend("a");
        hub.RaiseEvent("a", "go", "on");
        await hub.RunForAsync(TimeSpan.FromDays(1));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, hub.Get("a").Status);
        hub.Resume("a");
        await hub.SettleAsync();
        Assert.Equal("on", hub.Get("a").ReadOutput<string>());
    }

    [Fact]
    public async Task NewGuid_InAReplay_IsTheSame()
    {
        await using var hub = Hub<string, Guid[]>(async context =>
        {
            var before = context.NewGuid();
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            return [before, context.NewGuid()];
        });
        hub.Start("Test", null, "a");
        await hub.RunUntilEndAsync("a");
        Assert.Equal(2, hub.Get("a").ReadOutput<Guid[]>()!.Distinct().Count());
    }

    [Fact]
    public async Task Replay_OtherPath_Throws()
    {
        var runs = 0;
        var hub = Hub<string, string>(async context =>
        {
            if (runs++ == 0)
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            else
                await context.CallActivityAsync<int>("Count", "a");
            return "";
        });
        hub.AnswerActivity<string, int>("Count", _ => 1);
        hub.Start("Test", null, "a");
        await Assert.ThrowsAsync<NonDeterministicReplayException>(() => hub.RunUntilEndAsync("a"));
    }

    [Fact]
    public async Task Replay_OtherPayload_Throws()
    {
        var runs = 0;
        var hub = Hub<string, string>(async context =>
        {
            context.SendEvent("somebody", "word", runs++);
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            return "";
        });
        hub.Start("Test", null, "a");
        var error = await Assert.ThrowsAsync<NonDeterministicReplayException>(() => hub.RunUntilEndAsync("a"));
        Assert.Contains("send word to somebody", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OpenGeneration_IsComparedAtTheEndOfTheTest()
    {
        var runs = 0;
        var hub = Hub<string, string>(context => context.CallActivityAsync<string>("Count", runs++)!);
        hub.AnswerActivity<int, string>("Count", _ => "", takes: TimeSpan.FromHours(1));
        hub.Start("Test", null, "a");
        await hub.SettleAsync();
        await Assert.ThrowsAsync<NonDeterministicReplayException>(() => hub.DisposeAsync().AsTask());
    }

    private static InMemoryTaskHub Hub<TInput, TOutput>(Func<TaskOrchestrationContext, Task<TOutput?>> run)
    {
        var hub = new InMemoryTaskHub(new ManualTime(Start));
        hub.AddOrchestrator<TInput, TOutput>("Test", run);
        return hub;
    }
}
