using System.Collections.Concurrent;
using System.Globalization;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.TestKit;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Timers;

public sealed class TimerTriggerTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Runs _runs = new();
    private ManualTime _time = new(new DateTimeOffset(2026, 11, 21, 10, 0, 30, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_runs_when_it_comes_due()
    {
        await using var app = await StartAsync(typeof(Minutely));
        await AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.Empty(_runs.All);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await _runs.HasAsync(1);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await _runs.HasAsync(2);
        Assert.Equal(["10:01:00 False 00:00:00 10:01:00", "10:02:00 False 10:01:00 10:02:00"], _runs.All);
    }

    [Fact]
    public async Task It_runs_also_when_less_than_a_millisecond_is_left()
    {
        _time = new ManualTime(_time.GetUtcNow().AddTicks(5_815));
        await using var app = await StartAsync(typeof(Minutely));
        await AdvanceAsync(TimeSpan.FromSeconds(31));
        await _runs.HasAsync(1);
        Assert.StartsWith("10:01:00 ", Assert.Single(_runs.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_span_is_counted_from_run_to_run()
    {
        await using var app = await StartAsync(typeof(Every90Seconds));
        for (var run = 1; run <= 2; run++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(90));
            await _runs.HasAsync(run);
        }

        Assert.Equal(["10:02:00", "10:03:30"], _runs.All.Select(line => line[..8]));
    }

    [Fact]
    public async Task A_run_at_the_start_is_not_past_due()
    {
        await using var app = await StartAsync(typeof(AtStart));
        await _runs.HasAsync(1);
        Assert.Equal(["10:00:30 False 00:00:00 11:00:00"], _runs.All);
    }

    [Fact]
    public async Task However_many_occurrences_were_missed_there_is_one_run_for_them_at_once()
    {
        await using (var app = await StartAsync(typeof(AtStart)))
        {
            await _runs.HasAsync(1);
            await Waiting();
            await app.StopAsync();
        }

        _time = new ManualTime(_time.GetUtcNow().AddDays(2));
        await using (var app = await StartAsync(typeof(AtStart)))
        {
            await _runs.HasAsync(2);
            await Waiting();
        }

        Assert.Equal(["10:00:30 False 00:00:00 11:00:00", "10:00:30 True 10:00:30 11:00:00"], _runs.All);
    }

    [Fact]
    public async Task A_start_before_the_next_occurrence_makes_up_for_nothing()
    {
        await using (var app = await StartAsync(typeof(Minutely)))
        {
            await AdvanceAsync(TimeSpan.FromSeconds(30));
            await _runs.HasAsync(1);
            await Waiting();
            await app.StopAsync();
        }

        _time = new ManualTime(_time.GetUtcNow().AddSeconds(40));
        await using (var app = await StartAsync(typeof(Minutely)))
        {
            await AdvanceAsync(TimeSpan.FromSeconds(19));
            Assert.Single(_runs.All);
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            await _runs.HasAsync(2);
        }

        Assert.EndsWith("False 10:01:00 10:02:00", _runs.All.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(EverySecond))]
    [InlineData(typeof(Unmonitored))]
    public async Task Without_a_monitor_there_is_no_status_and_nothing_is_made_up_for(Type functions)
    {
        await using (var app = await StartAsync(functions))
        {
            await AdvanceAsync(TimeSpan.FromSeconds(30));
            await _runs.HasAsync(1);
            await Waiting();
            Assert.False(Directory.Exists(Path.Combine(app.StateDirectory, "timers")));
            await app.StopAsync();
        }

        var count = _runs.All.Count;
        _time = new ManualTime(_time.GetUtcNow().AddDays(1));
        await using var again = await StartAsync(functions);
        await Waiting();
        Assert.Equal(count, _runs.All.Count);
        Assert.All(_runs.All, line => Assert.EndsWith("False none", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_do_not_overlap_and_what_comes_due_meanwhile_is_left_out()
    {
        var gate = new TaskCompletionSource();
        _runs.Gate = gate.Task;
        await using var app = await StartAsync(typeof(Minutely));
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        await _runs.HasAsync(1);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(_runs.All);
        gate.SetResult();
        await Waiting();
        Assert.Single(_runs.All);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await _runs.HasAsync(2);
        Assert.Equal(["10:01:00", "10:07:00"], _runs.All.Select(line => line[..8]));
    }

    [Fact]
    public async Task A_run_that_fails_neither_comes_again_nor_ends_the_schedule()
    {
        _runs.Fails = true;
        await using var app = await StartAsync(typeof(Minutely));
        for (var run = 1; run <= 2; run++)
        {
            await AdvanceAsync(TimeSpan.FromMinutes(1));
            await _runs.HasAsync(run);
        }

        await Waiting();
        Assert.Equal(2, app.Log.Lines.Count(line => line.Contains("Function Minutely failed; it runs again when its timer comes due.", StringComparison.Ordinal)));
        Assert.EndsWith("False 10:01:00 10:02:00", _runs.All.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_longer_than_a_clock_can_wait_is_no_trouble()
    {
        await using var app = await StartAsync(typeof(Yearly));
        for (var month = 0; month < 12; month++)
            await AdvanceAsync(TimeSpan.FromDays(31));
        await _runs.HasAsync(1);
        Assert.StartsWith("00:00:00", Assert.Single(_runs.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_tells_the_run()
    {
        await using var app = await StartAsync(typeof(Forever));
        await _runs.HasAsync(1);
        await app.StopAsync();
        Assert.Contains("Function Forever was interrupted.", app.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_can_be_the_schedule_and_another_the_clock()
    {
        await using var app = await StartAsync(typeof(FromSettings), "--Schedule=0 30 11 * * *", "--WEBSITE_TIME_ZONE=Europe/Berlin");
        await AdvanceAsync(TimeSpan.FromMinutes(30));
        await _runs.HasAsync(1);
        Assert.StartsWith("10:30:00", Assert.Single(_runs.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Function 'FromSettings': '%Schedule%' names the setting 'Schedule', which is not there.")]
    [InlineData("--Schedule=often", "Function 'FromSettings': the schedule 'often' is neither a cron expression of six fields (seconds first) or five, nor a time span.")]
    [InlineData("--WEBSITE_TIME_ZONE=Nowhere", "The setting WEBSITE_TIME_ZONE names the time zone 'Nowhere', which this machine does not know.")]
    public void A_schedule_that_cannot_be_is_an_error_at_the_start(string argument, string message) =>
        Assert.Contains(message, Assert.Throws<StartException>(() => RunningApp.Build(new AppSettings(typeof(FromSettings)) { Arguments = [argument] })).Message, StringComparison.Ordinal);

    private Task<RunningApp> StartAsync(Type functions, params string[] arguments) => RunningApp.StartAsync(new AppSettings(functions)
    {
        Time = _time,
        Arguments = [$"--state={_directory.Path}", .. arguments],
        Configure = builder => builder.Services.AddSingleton(_runs).AddSingleton(_ => _time),
    });

    // The clock must not move before somebody waits for it.
    private async Task AdvanceAsync(TimeSpan by)
    {
        await Waiting();
        _time.Advance(by);
    }

    private Task Waiting() => Eventually.IsTrue(() => _time.Waiting > 0);

    internal sealed class Runs
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly Bell _bell = new();

        public IReadOnlyCollection<string> All => _lines;

        public Task Gate { get; set; } = Task.CompletedTask;

        public bool Fails { get; set; }

        public async Task AddAsync(TimerInfo timer, ManualTime time)
        {
            var status = timer.ScheduleStatus is { } known ? $"{Clock(known.Last)} {Clock(known.Next)}" : "none";
            _lines.Enqueue($"{Clock(time.GetUtcNow().UtcDateTime)} {timer.IsPastDue} {status}");
            _bell.Ring();
            await Gate;
            if (Fails)
                throw new InvalidOperationException("It fails.");
        }

        public Task HasAsync(int count) => _bell.Until(() => _lines.Count >= count);

        private static string Clock(DateTime time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
    }

    internal sealed class Minutely(Runs runs, ManualTime time)
    {
        [Function("Minutely")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => runs.AddAsync(timer, time);
    }

    internal sealed class Every90Seconds(Runs runs, ManualTime time)
    {
        [Function("Every90Seconds")]
        public Task Run([TimerTrigger("00:01:30")] TimerInfo timer) => runs.AddAsync(timer, time);
    }

    internal sealed class AtStart(Runs runs, ManualTime time)
    {
        [Function("AtStart")]
        public Task Run([TimerTrigger("0 0 * * * *", RunOnStartup = true)] TimerInfo timer) => runs.AddAsync(timer, time);
    }

    internal sealed class EverySecond(Runs runs, ManualTime time)
    {
        [Function("EverySecond")]
        public Task Run([TimerTrigger("* * * * * *")] TimerInfo timer) => runs.AddAsync(timer, time);
    }

    internal sealed class Unmonitored(Runs runs, ManualTime time)
    {
        [Function("Unmonitored")]
        public Task Run([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer) => runs.AddAsync(timer, time);
    }

    internal sealed class Yearly(Runs runs, ManualTime time)
    {
        [Function("Yearly")]
        public Task Run([TimerTrigger("0 0 0 1 11 *")] TimerInfo timer) => runs.AddAsync(timer, time);
    }

    internal sealed class FromSettings(Runs runs, ManualTime time)
    {
        [Function("FromSettings")]
        public Task Run([TimerTrigger("%Schedule%")] TimerInfo timer) => runs.AddAsync(timer, time);
    }

    internal sealed class Forever(Runs runs, ManualTime time)
    {
        [Function("Forever")]
        public async Task Run([TimerTrigger("0 * * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken stop)
        {
            await runs.AddAsync(timer, time);
            await Task.Delay(Timeout.Infinite, stop);
        }
    }
}
