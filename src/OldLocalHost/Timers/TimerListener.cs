using Darkroom.LocalHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Timers;

/// <summary>Runs one function on its schedule: one run at a time, and what comes due during a run is left out.</summary>
internal sealed partial class TimerListener(TimerPlan plan, TimerStatusFile file, FunctionInvoker invoker, TimeProvider time, ILogger log)
{
    // A clock cannot wait for longer in one go.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    private readonly TimeZoneInfo _zone = plan.Zone ?? time.LocalTimeZone;
    private TimerStatus? _status;

    public async Task ListenAsync(CancellationToken stopping)
    {
        var isPastDue = Begin();
        if (isPastDue || plan.RunOnStartup)
            await RunAsync(isPastDue, stopping);
        while (await WaitAsync(plan.Schedule.Next(time.GetUtcNow(), _zone), stopping))
            await RunAsync(isPastDue: false, stopping);
    }

    private bool Begin()
    {
        var now = time.GetUtcNow();
        if (!plan.UseMonitor || plan.Schedule.IsBelowAMinute(now, _zone))
            return false;

        var isPastDue = false;
        _status = file.Read()?.AtStart(plan.Schedule, now, _zone, out isPastDue) ?? TimerStatus.First(plan.Schedule, now, _zone);
        Keep(_status);
        return isPastDue;
    }

    // Never returns early: an occurrence that ran before its time would come a second time. A delay counts whole milliseconds, and of less than one is none.
    private async Task<bool> WaitAsync(DateTimeOffset until, CancellationToken stopping)
    {
        try
        {
            while (until - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)) : LongestWait, time, stopping);
            return !stopping.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RunAsync(bool isPastDue, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        try
        {
            var timer = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = Describe() };
            await using var invocation = new Invocation(plan.Function, invoker, timer, stopping: stopping);
            await invoker.InvokeAsync(invocation);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogInterrupted(plan.Function.Name);
        }
        catch (Exception exception) // whatever a function throws ends here: the schedule goes on
        {
            LogFailed(plan.Function.Name, exception);
        }

        if (_status is not null)
            Keep(_status = TimerStatus.After(now, plan.Schedule, _zone));
    }

    private ScheduleStatus? Describe() => _status is null
        ? null
        : new ScheduleStatus { Last = _status.Last.UtcDateTime, Next = _status.Next.UtcDateTime, LastUpdated = _status.LastUpdated.UtcDateTime };

    private void Keep(TimerStatus status)
    {
        try
        {
            file.Write(status);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotKept(plan.Function.Name, exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Function {Name} failed; it runs again when its timer comes due.")]
    private partial void LogFailed(string name, Exception exception);

    [LoggerMessage(LogLevel.Information, "Function {Name} was interrupted.")]
    private partial void LogInterrupted(string name);

    [LoggerMessage(LogLevel.Warning, "The schedule of function {Name} could not be written down: a missed run may not be made up for.")]
    private partial void LogNotKept(string name, Exception exception);
}
