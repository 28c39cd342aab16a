using System.Text.Json;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>The filter of a listing. Reads as many pages as needed.</summary>
internal sealed record ListQuery(string? Status, string? Tag, string? Batch)
{
    // The largest page that the server returns.
    private const int MaxInPage = 500;

    /// <summary>The first time of creation.</summary>
    public string? From { get; init; }

    /// <summary>The end of the times of creation.</summary>
    public string? To { get; init; }

    /// <summary>The continuation token of an earlier page, to list what comes after it.</summary>
    public string? After { get; init; }

    /// <summary>Returns up to <paramref name="most"/> jobs as one page.</summary>
    public async Task<JobPage> ReadAsync(DarkroomServer server, int most, CancellationToken cancellation)
    {
        var items = new List<JsonElement>();
        var next = After;
        do
        {
            var answer = await server.GetAsync(PathOf(Math.Min(most - items.Count, MaxInPage), next), cancellation);
            var page = answer.Read(CliJson.Default.JobPage);
            items.AddRange(page.Items);
            next = page.ContinuationToken;
        }
        while (next is not null && items.Count < most);

        return new JobPage(items, next);
    }

    private string PathOf(int top, string? continuation)
    {
        (string Name, string? Value)[] query = [
            ("status", Status), ("tag", Tag), ("batch", Batch), ("from", From), ("to", To), ("top", top.ToString()),
            ("continuationToken", continuation)];
        var parts = query.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        return $"{JobPaths.All}?{string.Join('&', parts)}";
    }
}
