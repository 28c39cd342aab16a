using System.Net;
using System.Text.Json;

namespace Darkroom.Cli.Up;

/// <summary>Asks the app whether a first request can be served.</summary>
internal sealed class Readiness(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(60);

    /// <summary>Waits until it can.</summary>
    /// <exception cref="CommandException">It says for a minute what is missing.</exception>
    public async Task WaitAsync(Uri app, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = app };
        var begin = time.GetTimestamp();
        while (true)
        {
            var missing = await MissingAsync(http, cancellation);
            if (missing.Count == 0)
                return;
            if (time.GetElapsedTime(begin) > Enough)
                throw CommandException.Failed($"Darkroom does not get ready: {string.Join("; ", missing)}.");
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static async Task<IReadOnlyList<string>> MissingAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync("api/health/ready", cancellation);
            return response.StatusCode == HttpStatusCode.OK ? [] : Missing(await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException exception)
        {
            return [exception.Message];
        }
    }

    // A token that is missing was told already, and jobs say so too: everything else can be used without one.
    internal static IReadOnlyList<string> Missing(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return [
                .. json.RootElement.GetProperty("parts")
                    .EnumerateObject()
                    .Where(part => part.Value.GetString() != "ok" && part.Name != "token")
                    .Select(part => $"{part.Name} is {part.Value}")];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return ["its health cannot be read"];
        }
    }
}
