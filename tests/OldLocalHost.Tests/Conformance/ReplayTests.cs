using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Tests.Conformance.Functions;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>What a replay must repeat, and what becomes of code that cannot be repeated.</summary>
public sealed class ReplayTests : IAsyncDisposable
{
    private readonly ConformanceHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Activities_are_called_one_after_the_other() =>
        Assert.Equal(["Hello Tokyo", "Hello Seattle"], (await _host.RunAsync(nameof(Basics.HelloCities))).ReadOutputAs<string[]>()!);

    [Fact]
    public async Task New_guids_are_version_5_uuids_over_instance_time_and_number()
    {
        var about = (await _host.RunAsync(nameof(Basics.AboutMyself), id: "one")).ReadOutputAs<string[]>()!;
        Assert.Equal(Expected("one", about[4], 0), about[3]);
        Assert.Equal(Expected("one", about[6], 1), about[5]);

        // By hand, from RFC 4122, not with the engine's own code.
        static string Expected(string instance, string time, int number)
        {
            byte[] name = [.. Convert.FromHexString("9e9529585e334daf827f2fa12937b875"), .. Encoding.UTF8.GetBytes($"{instance}_{time}_{number}")];
#pragma warning disable CA5350 // version 5 UUIDs are made with SHA-1
            var hash = SHA1.HashData(name);
#pragma warning restore CA5350
            hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
            hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
            var hex = Convert.ToHexStringLower(hash);
            return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..32]}";
        }
    }

    [Fact]
    public async Task The_current_time_is_that_of_the_step()
    {
        var about = (await _host.RunAsync(nameof(Basics.AboutMyself))).ReadOutputAs<string[]>()!;
        Assert.Equal(_host.Time.GetUtcNow().UtcDateTime, DateTime.Parse(about[4], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
    }

    [Fact]
    public async Task Code_that_differs_from_its_history_fails_and_says_what_was_expected_and_what_came()
    {
        Mistakes.Deployed = false;
        await _host.StartAsync(nameof(Mistakes.ChangesUnderWay), id: "one");
        await _host.RestAsync();
        Mistakes.Deployed = true;
        await _host.Client.RaiseEventAsync("one", "go", "x");
        var failure = (await _host.EndOfAsync("one")).FailureDetails!;
        Assert.Contains("#0", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("the history has a call of activity 'Nothing', the code made a call of activity 'SayHello'", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Mistakes.AwaitsTheClock))]
    [InlineData(nameof(Mistakes.AwaitsBesideSomethingDurable))]
    public async Task An_await_on_something_that_is_not_durable_fails(string name)
    {
        var failure = (await _host.RunAsync(name)).FailureDetails!;
        Assert.Equal(typeof(InvalidOperationException).FullName, failure.ErrorType);
        Assert.Contains("not durable", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_cannot_be_used_from_another_thread() =>
        Assert.Contains("outside of its own thread", (await _host.RunAsync(nameof(Mistakes.LeavesItsThread))).ReadOutputAs<string>(), StringComparison.Ordinal);

    [Fact]
    public async Task A_replay_safe_log_says_everything_once()
    {
        await _host.RunAsync(nameof(Mistakes.Logs), id: "one");
        Assert.Equal(["before one", "between one", "after one"], _host.Log.Lines.Where(line => line.EndsWith(" one", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Json_keeps_names_as_written_and_reads_them_in_any_case()
    {
        await _host.StartAsync(nameof(Basics.ShapeIt), new Shaped("square", 1), "one");
        var instance = await _host.EndOfAsync("one");
        Assert.Equal("""{"Name":"square","Size":1}""", instance.SerializedInput);
        Assert.Equal("""{"Name":"square","Size":2}""", instance.SerializedOutput);
        await _host.StartAsync(nameof(Basics.ShapeIt), new Dictionary<string, object> { ["NAME"] = "circle", ["size"] = 4 }, "two");
        Assert.Equal(new Shaped("circle", 5), (await _host.EndOfAsync("two")).ReadOutputAs<Shaped>());
    }

    [Fact]
    public async Task Large_texts_pass() => Assert.Equal(1_000_000, (await _host.RunAsync(nameof(Basics.MeasureText), new string('x', 1_000_000))).ReadOutputAs<int>());

    [Fact]
    public async Task An_input_that_does_not_fit_fails_the_instance_and_leaves_it_queryable()
    {
        var instance = await _host.RunAsync(nameof(Basics.WrongInput), "not a number");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Equal("not a number", instance.ReadInputAs<string>());
        Assert.Contains("JsonException", instance.FailureDetails!.ErrorType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_given_as_the_input_are_a_mistake() =>
        Assert.Equal(typeof(ArgumentException).FullName, (await _host.RunAsync(nameof(Basics.OptionsAsInput))).FailureDetails!.ErrorType);

    [Fact]
    public async Task An_activity_that_is_not_there_fails_with_the_names_of_those_that_are()
    {
        var failure = (await _host.RunAsync(nameof(Basics.CallMissingActivity))).FailureDetails!.InnerFailure!;
        Assert.Contains("'NobodyWroteThis' doesn't exist", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains($"'{nameof(Activities.SayHello)}'", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_outputs_failures_and_status_are_persisted()
    {
        await _host.RunAsync(nameof(Basics.Echo), "input", "one");
        await _host.RunAsync(nameof(Retrying.Uncaught), new Failing("persisted", 1), "two");
        await _host.StartAsync(nameof(Basics.Status), 3, "three");
        await _host.RestAsync();
        await _host.RestartAsync();
        Assert.Equal("input", (await _host.GetAsync("one")).ReadInputAs<string>());
        Assert.Equal("input", (await _host.GetAsync("one")).ReadOutputAs<string>());
        Assert.Contains("attempt 1 of persisted", (await _host.GetAsync("two")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("xxx", (await _host.GetAsync("three")).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task A_step_takes_everything_that_came_and_history_begins_each_with_its_time()
    {
        await _host.RunAsync(nameof(Basics.HelloCities), id: "one");
        var history = _host.Core.Read("one")!.History;
        Assert.Equal(
            ["OrchestratorStarted", "ExecutionStarted", "TaskScheduled", "OrchestratorStarted", "TaskCompleted", "TaskScheduled", "OrchestratorStarted", "TaskCompleted", "ExecutionCompleted"],
            history.Select(happened => happened.GetType().Name));
        Assert.Equal(0, history.OfType<TaskScheduled>().First().Id);
    }
}
