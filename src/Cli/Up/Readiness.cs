using System.Net;
using System.Text.Json;

namespace Darkroom.Cli.Up;

/// <summary>Waits until the app can serve a first request.</summary>
internal sealed class Readiness(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(60);

    /// <summary>Polls <c>api/health/ready</c> until every part except the token is ok.</summary>
    /// <exception cref="CommandException">The app is not ready after a minute.</exception>
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
                throw CommandException.Failed(UpWords.NotReady.With(string.Join("; ", missing)));
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
        catch (Exception exception) when (IsNoAnswer(exception) && !cancellation.IsCancellationRequested)
        {
            return [exception.Message];
        }
    }

    private static bool IsNoAnswer(Exception exception) => exception is HttpRequestException or TaskCanceledException;

    // A missing token is not an error here: up has already printed it, jobs report it too, and everything else works without one.
    internal static IReadOnlyList<string> Missing(string answer) => NotOk(answer, "token");

    /// <summary>The parts in an answer of <c>api/health/ready</c> that are not ok, without the one to ignore.</summary>
    internal static IReadOnlyList<string> NotOk(string answer, string? ignored = null)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return [
                .. json.RootElement.GetProperty("parts")
                    .EnumerateObject()
                    .Where(part => part.Value.GetString() != "ok" && part.Name != ignored)
                    .Select(part => UpWords.PartIs.With(part.Name, part.Value))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [UpWords.HealthUnreadable];
        }
    }
}
