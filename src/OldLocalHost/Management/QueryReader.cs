using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Management;

/// <summary>What stands behind the question mark. A value that cannot be read counts as absent, never as a mistake.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    // More than any clock can wait for.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public string? Text(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;

    public bool? Flag(string name) => bool.TryParse(Text(name), out var flag) ? flag : null;

    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.Integer, null, out var number) ? number : null;

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    public TimeSpan? Seconds(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, null, out var seconds) && double.IsFinite(seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds))
            : null;

    /// <summary>Null when none of them is a status. Names are taken in their case only, and numbers too.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string name)
    {
        var statuses = new List<OrchestrationRuntimeStatus>();
        foreach (var word in query[name].SelectMany(value => (value ?? "").Split(',')))
        {
            if (Enum.TryParse<OrchestrationRuntimeStatus>(word, out var status))
                statuses.Add(status);
        }

        return statuses.Count == 0 ? null : statuses;
    }
}
