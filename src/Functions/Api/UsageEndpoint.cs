using System.Globalization;
using Darkroom.Storage;
using Darkroom.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.Api;

/// <summary><c>GET /api/usage</c>: what was made and what it cost, by day, model, caller or batch.</summary>
public sealed class UsageEndpoint(UsageStore usage, TimeProvider time)
{
    private const int UsualDays = 30;
    private const int MaxDays = 366;

    private static readonly Dictionary<string, Func<UsageRow, string>> Groups = new(StringComparer.Ordinal)
    {
        ["day"] = row => DayOf(row.Day),
        ["model"] = row => row.About.Model,
        ["caller"] = row => row.About.Caller ?? "",
        ["batch"] = row => row.About.Batch ?? "",
    };

    /// <summary>Sums up the rows of the days. A signed-in caller sees only what is their own.</summary>
    [Function("Usage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/usage")] HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow().UtcDateTime;
        var today = UsageStore.DayOf(now);
        if (!TryDay(request, "to", today, out var to))
            return Refuse("to");
        if (!TryDay(request, "from", to.AddDays(1 - UsualDays), out var from))
            return Refuse("from");
        if (from > to)
            return Problem.Invalid("from", "Must not be after to.");
        if (to.DayNumber - from.DayNumber >= MaxDays)
            return Problem.Invalid("from", $"Must be at most {MaxDays} days before to. Ask for fewer days at once.");
        var by = request.Query["by"].ToString() is { Length: > 0 } given ? given : "day";
        if (!Groups.TryGetValue(by, out var keyOf))
            return Problem.Invalid("by", $"Must be one of {string.Join(", ", Groups.Keys)}.");

        var (total, items) = (UsageCounts.None, new SortedDictionary<string, UsageCounts>(StringComparer.Ordinal));
        await foreach (var row in usage.ReadAsync(from, to, cancellation))
        {
            if (!Callers.MaySee(request, row.About.Caller))
                continue;
            total = total.With(row, now);
            items[keyOf(row)] = items.GetValueOrDefault(keyOf(row), UsageCounts.None).With(row, now);
        }

        return Results.Json(
            new
            {
                Items = items.Select(
                    item => new
                    {
                        item.Key,
                        item.Value.Tasks,
                        item.Value.Pictures,
                        item.Value.Failed,
                        item.Value.Reused,
                        item.Value.Credits,
                    }),
                Total = total,
            },
            StoredJson.Options);
    }

    private static bool TryDay(HttpRequest request, string name, DateOnly otherwise, out DateOnly day)
    {
        day = otherwise;
        return request.Query[name].ToString() is not { Length: > 0 } text
            || (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year > 1970);
    }

    private static IResult Refuse(string name) => Problem.Invalid(name, "Must be a day in China such as 2026-11-21.");

    private static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
