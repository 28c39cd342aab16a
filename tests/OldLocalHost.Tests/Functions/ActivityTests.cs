using System.Text.Json.Serialization;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.LocalHost.Tests.Management;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Functions;

public sealed class ActivityTests : IAsyncLifetime
{
    private readonly FakeDurableClient _client = new();
    private RunningApp _app = null!;
    private IFunctionRunner _runner = null!;

    public ValueTask InitializeAsync()
    {
        _app = RunningApp.Build(new AppSettings(typeof(Work), typeof(Choosy))
        {
            Configure = builder => builder.Services.AddScoped<Scoped>().AddSingleton<DurableTaskClient>(_client),
        });
        _runner = _app.Services.GetRequiredService<IFunctionRunner>();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("Text", "\"a\"", "\"a!\"")]
    [InlineData("Text", null, "\"!\"")]
    [InlineData("Number", "41", "42")]
    [InlineData("Number", null, "1")]
    [InlineData("Picture", """{"name":"cat","WIDTH":3}""", """{"Name":"cat","Width":4}""")]
    [InlineData("Nothing", "1", null)]
    [InlineData("NothingLater", "1", null)]
    [InlineData("NullLater", "1", null)]
    [InlineData("Kinds", "1", "[0,\"Late\"]")]
    public async Task Inputs_and_outputs_travel_as_json(string name, string? input, string? output) =>
        Assert.Equal(output, await _runner.RunActivityAsync(name, "i-1", input, default));

    [Theory]
    [InlineData("Number", "\"x\"", "Error converting 1 input parameters for Function 'Number': Cannot convert input parameter 'number' to type 'System.Int32' from type 'System.String'. Error:")]
    [InlineData("Number", "null", "Cannot convert input parameter 'number' to type 'System.Int32'")]
    [InlineData("Picture", "[1]", "Cannot convert input parameter 'picture'")]
    public async Task An_input_that_does_not_deserialize_is_what_the_activity_fails_with(string name, string input, string reason)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => _runner.RunActivityAsync(name, "i-1", input, default));
        Assert.Equal("Microsoft.Azure.Functions.Worker.FunctionInputConverterException", exception.GetType().FullName);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"Activity {name} of instance i-1 failed.", _app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_throws_is_what_comes_out()
    {
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => _runner.RunActivityAsync("Fail", "i-1", null, default));
        Assert.Equal("too late", exception.Message);
        Assert.Contains(nameof(Work.Fail), exception.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_else_is_filled_by_what_it_is()
    {
        using var stopping = new CancellationTokenSource();
        Assert.Equal("\"i-1 i-1 Fake seven True\"", await _runner.RunActivityAsync("Everything", "i-1", "\"x\"", stopping.Token));
    }

    [Fact]
    public async Task The_token_is_the_one_of_the_stop()
    {
        using var stopping = new CancellationTokenSource();
        var running = _runner.RunActivityAsync("Forever", "i-1", null, stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.DoesNotContain("Forever", _app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_has_a_scope_of_its_own_which_is_disposed_when_it_is_over()
    {
        await _runner.RunActivityAsync("Scoping", "i-1", null, default);
        await _runner.RunActivityAsync("Scoping", "i-1", null, default);
        Assert.Equal(2, Work.Seen.Distinct().Count());
        Assert.All(Work.Seen, scoped => Assert.True(scoped.IsDisposed));
    }

    [Fact]
    public async Task A_service_that_is_missing_is_named()
    {
        await using var app = RunningApp.Build(new AppSettings(typeof(Work)) { Configure = builder => builder.Services.AddSingleton<DurableTaskClient>(_client) });
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Services.GetRequiredService<IFunctionRunner>().RunActivityAsync("Scoping", "i-1", null, default));
        Assert.Contains(nameof(Scoped), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_constructors_the_one_that_can_be_filled_is_taken() =>
        Assert.Equal("\"with services\"", await _runner.RunActivityAsync("Choose", "i-1", null, default));

    [Fact]
    public async Task Two_thousand_at_once_keep_apart()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 2000).Select(number => Task.Run(() => _runner.RunActivityAsync("Number", $"i-{number}", $"{number}", default))));
        Assert.Equal(Enumerable.Range(1, 2000).Select(number => $"{number}"), all);
    }

    internal sealed class Scoped : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }

    internal sealed record Picture(string Name, int Width);

    [JsonConverter(typeof(JsonStringEnumConverter<Kind>))]
    internal enum Kind
    {
        Early,
        Late,
    }

#pragma warning disable IDE0060 // a trigger is a parameter, used or not
    internal sealed class Choosy
    {
        private readonly string _choice;

        public Choosy() => _choice = "with nothing";

        public Choosy(Scoped scoped) => _choice = scoped.IsDisposed ? "too late" : "with services";

        public Choosy(Scoped scoped, Version missing) => _choice = $"{scoped.IsDisposed} {missing}";

        [Function("Choose")]
        public string Run([ActivityTrigger] string? input) => _choice;
    }

    internal sealed class Work(IServiceProvider services)
    {
        public static List<Scoped> Seen { get; } = [];

        [Function("Text")]
        public static string Text([ActivityTrigger] string? text) => $"{text}!";

        [Function("Number")]
        public static int Number([ActivityTrigger] int number) => number + 1;

        [Function("Picture")]
        public static async Task<Picture> Widen([ActivityTrigger] Picture picture)
        {
            await Task.Yield();
            return picture with { Width = picture.Width + 1 };
        }

        [Function("Nothing")]
        public static void Nothing([ActivityTrigger] int number)
        {
        }

        [Function("NothingLater")]
        public static async Task NothingLater([ActivityTrigger] int number) => await Task.Yield();

        [Function("NullLater")]
        public static Task<Picture?> NullLater([ActivityTrigger] int number) => Task.FromResult<Picture?>(null);

        [Function("Kinds")]
        public static object[] Kinds([ActivityTrigger] int number) => [DayOfWeek.Sunday, Kind.Late];

        [Function("Fail")]
        public static async Task<int> Fail([ActivityTrigger] string? input)
        {
            await Task.Yield();
            throw new TimeoutException("too late");
        }

        [Function("Everything")]
        public static string Everything(
            [ActivityTrigger] string input, FunctionContext function, [DurableClient] DurableTaskClient client, string instanceId, CancellationToken stop, string other = "seven") =>
            $"{instanceId} {function.BindingContext.BindingData["INSTANCEID"]} {client.Name} {other} {stop == function.CancellationToken && stop.CanBeCanceled}";

        [Function("Forever")]
        public static Task Forever([ActivityTrigger] string? input, CancellationToken stop) => Task.Delay(Timeout.Infinite, stop);

        [Function("Scoping")]
        public void Scoping([ActivityTrigger] string? input) => Seen.Add(services.GetRequiredService<Scoped>());
    }
#pragma warning restore IDE0060
}
