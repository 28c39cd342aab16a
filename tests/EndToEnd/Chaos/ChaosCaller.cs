using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>A caller that repeats each request until it is answered, each time to any host that runs.</summary>
internal sealed class ChaosCaller(ChaosCluster cluster, ChaosReport report)
{
    // With the pause between two tries these are about five minutes.
    private const int Tries = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Sends a request until its status is below 500.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> AskAsync(
        HttpMethod method, string path, Func<HttpContent?>? content = null, string? key = null)
    {
        using var pace = new PeriodicTimer(Pause);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var http = await cluster.AnyAsync();
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
                if (key is not null)
                    request.Headers.Add("Idempotency-Key", key);
                using var answer = await http.SendAsync(request);
                if ((int)answer.StatusCode < 500)
                    return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!);
                report.Count("answers with 5xx");
            }
            catch (Exception exception) when (IsInterruption(exception))
            {
                report.Count("requests without an answer");
            }
            catch (XunitException exception)
            {
                // An answer that is not as the contract says, or that leaks something.
                report.Broken(
                    exception.Message.Contains("openapi", StringComparison.Ordinal) ? Promise.NeverLieAboutState : Promise.NeverLeak,
                    exception.Message);
            }

            await pace.WaitForNextTickAsync();
        }

        throw new TimeoutException($"{method} {path} is never answered.");
    }

    /// <summary>Downloads a file.</summary>
    public async Task<byte[]> DownloadAsync(string path)
    {
        using var pace = new PeriodicTimer(Pause);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var http = await cluster.AnyAsync();
            try
            {
                using var answer = await http.GetAsync(path);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return await answer.Content.ReadAsByteArrayAsync();
                if ((int)answer.StatusCode < 500)
                    return [];
            }
            catch (Exception exception) when (IsInterruption(exception))
            {
                report.Count("requests without an answer");
            }

            await pace.WaitForNextTickAsync();
        }

        throw new TimeoutException($"{path} is never answered.");
    }

    /// <summary>Whether an exception shows that a host was killed.</summary>
    public static bool IsInterruption(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;
}
