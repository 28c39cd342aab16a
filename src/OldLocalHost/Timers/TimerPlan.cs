using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Timers;

/// <summary>When a function runs, and on which clock.</summary>
/// <param name="Function">The function.</param>
/// <param name="Schedule">Its schedule.</param>
/// <param name="Zone">Null for that of this machine.</param>
internal sealed record TimerPlan(AppFunction Function, TimerSchedule Schedule, TimeZoneInfo? Zone)
{
    private const string ZoneSetting = "WEBSITE_TIME_ZONE";

    public bool UseMonitor => ((TimerTriggerAttribute)Function.Trigger).UseMonitor;

    public bool RunOnStartup => ((TimerTriggerAttribute)Function.Trigger).RunOnStartup;

    public static IReadOnlyList<TimerPlan> Of(FunctionCatalog catalog, IConfiguration configuration, StartProblems problems)
    {
        var functions = catalog.Enabled(TriggerKind.Timer).ToList();
        if (functions.Count == 0)
            return [];

        var zone = ReadZone(configuration, problems);
        return [.. functions.Select(function => Read(function, zone, configuration, problems)).OfType<TimerPlan>()];
    }

    private static TimerPlan? Read(AppFunction function, TimeZoneInfo? zone, IConfiguration configuration, StartProblems problems)
    {
        void Complain(string what) => problems.Add($"Function '{function.Name}': {what}.");

        if (SettingNames.Resolve(((TimerTriggerAttribute)function.Trigger).Schedule, configuration, Complain) is not { } text)
            return null;
        if (TimerSchedule.Parse(text, out var problem) is { } schedule)
            return new TimerPlan(function, schedule, zone);
        Complain(problem);
        return null;
    }

    private static TimeZoneInfo? ReadZone(IConfiguration configuration, StartProblems problems)
    {
        if (configuration[ZoneSetting] is not { Length: > 0 } name)
            return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        problems.Add($"The setting {ZoneSetting} names the time zone '{name}', which this machine does not know.");
        return null;
    }
}
