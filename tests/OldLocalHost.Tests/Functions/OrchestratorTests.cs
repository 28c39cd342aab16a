using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Darkroom.LocalHost.Tests.Functions;

public sealed class OrchestratorTests : IAsyncLifetime
{
    private RunningApp _app = null!;
    private IFunctionRunner _runner = null!;

    public ValueTask InitializeAsync()
    {
        _app = RunningApp.Build(new AppSettings(typeof(Stories), typeof(Activities))
        {
            LocalSettingsJson = """{"Values":{"AzureWebJobs.Retired.Disabled":"true"}}""",
            Configure = builder =>
            {
                builder.Services.AddScoped<Scoped>().AddSingleton<Journal>();
                builder.UseMiddleware(async (context, next) =>
                {
                    context.InstanceServices.GetRequiredService<Journal>().Lines.Add($"before {context.FunctionDefinition.Name}");
                    await next();
                });
            },
        });
        _runner = _app.Services.GetRequiredService<IFunctionRunner>();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public void Names_ignore_case_and_come_from_the_trigger_if_it_has_one()
    {
        Assert.True(_runner.HasOrchestrator("wait"));
        Assert.True(_runner.HasOrchestrator("Tale"));
        Assert.False(_runner.HasOrchestrator("Named"));
        Assert.False(_runner.HasOrchestrator("Retired"));
        Assert.False(_runner.HasActivity("Wait"));
        Assert.Contains("Tale", _runner.Orchestrators);
        Assert.Contains("Echo", _runner.Activities);
    }

    [Fact]
    public async Task An_unknown_function_is_named_together_with_what_there_is()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => _runner.RunOrchestrator("Nobody", new StubOrchestration()));
        Assert.StartsWith("The function 'Nobody' doesn't exist, is disabled, or is not an orchestrator function.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'Cancelled', 'Counted', 'Fail', ", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<ArgumentException>(() => _runner.RunActivityAsync("Nobody", "i", null, default));
        Assert.Contains("is not an activity function", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_begins_on_the_calling_thread_and_stays_there()
    {
        var thread = Environment.CurrentManagedThreadId;
        var threads = (int[])OneThread.Run(() => _runner.RunOrchestrator("Wait", new StubOrchestration()))!;
        Assert.Equal([thread, thread], threads);
    }

    [Fact]
    public async Task It_returns_at_the_first_wait()
    {
        var gate = new TaskCompletionSource<string>();
        Stories.Gate.Value = gate.Task;
        var running = _runner.RunOrchestrator("Gated", new StubOrchestration());
        Assert.False(running.IsCompleted);
        gate.SetResult("open");
        Assert.Equal("open", await running);
    }

    [Fact]
    public async Task What_it_throws_is_what_comes_out()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _runner.RunOrchestrator("Fail", new StubOrchestration()));
        Assert.Equal("sync", exception.Message);
    }

    [Fact]
    public async Task A_cancelled_one_is_cancelled()
    {
        var running = _runner.RunOrchestrator("Cancelled", new StubOrchestration());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(running.IsCanceled);
    }

    [Theory]
    [InlineData("5", "5 of Input")]
    [InlineData(null, "0 of Input")]
    public async Task The_second_parameter_is_the_input(string? input, string expected) =>
        Assert.Equal(expected, await _runner.RunOrchestrator("Input", new StubOrchestration(input)));

    [Fact]
    public async Task Each_run_has_its_middleware_its_object_and_its_scope_which_is_disposed()
    {
        var first = (Scoped)(await _runner.RunOrchestrator("Counted", new StubOrchestration()))!;
        var second = (Scoped)(await _runner.RunOrchestrator("Counted", new StubOrchestration()))!;
        Assert.NotSame(first, second);
        await Task.WhenAll(first.Disposed.Task, second.Disposed.Task).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["before Counted", "before Counted"], _app.Services.GetRequiredService<Journal>().Lines);
    }

    internal sealed class Journal
    {
        public List<string> Lines { get; } = [];
    }

    internal sealed class Scoped : IAsyncDisposable
    {
        public TaskCompletionSource Disposed { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Disposed.SetResult();
        }
    }

#pragma warning disable IDE0060 // a trigger is a parameter, used or not
    internal sealed class Stories(Scoped scoped)
    {
        public static readonly AsyncLocal<Task<string>> Gate = new();

        [Function("Wait")]
        public static async Task<int[]> Wait([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var before = Environment.CurrentManagedThreadId;
            await Task.Yield();
            return [before, Environment.CurrentManagedThreadId];
        }

        [Function("Gated")]
        public static async Task<string> Gated([OrchestrationTrigger] TaskOrchestrationContext context) => await Gate.Value!;

        [Function("Fail")]
        public static string Fail([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("sync");

        [Function("Cancelled")]
        public static async Task Cancelled([OrchestrationTrigger] TaskOrchestrationContext context) => await Task.FromCanceled(new CancellationToken(canceled: true));

        [Function("Input")]
        public static string Input([OrchestrationTrigger] TaskOrchestrationContext context, int number, FunctionContext function) => $"{number} of {function.FunctionDefinition.Name}";

        [Function("Named")]
        public static void Named([OrchestrationTrigger(Orchestration = "Tale")] TaskOrchestrationContext context)
        {
        }

        [Function("Retired")]
        public static void Retired([OrchestrationTrigger] TaskOrchestrationContext context)
        {
        }

        [Function("Counted")]
        public async Task<Scoped> Counted([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await Task.Yield();
            return scoped;
        }
    }

    internal sealed class Activities
    {
        [Function("Echo")]
        public static string Echo([ActivityTrigger] string input) => input;
    }
#pragma warning restore IDE0060
}
