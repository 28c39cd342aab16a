using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

// The calls of a caller, and how long it waits for what.
public partial class TestApp
{
    /// <summary>Starts a job.</summary>
    public async Task<JsonObject> PostAsync(object body, string? key = null, HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/images", body, key);
        return await ReadAsync(answer, expected);
    }

    /// <summary>Sends a request.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, string? key = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        return await Http.SendAsync(request);
    }

    /// <summary>Reads the JSON of an answer. It fails if the status is not the expected one.</summary>
    public async Task<JsonObject> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.StatusCode == expected,
            $"{answer.StatusCode}: {text}\n{(answer.StatusCode == HttpStatusCode.InternalServerError ? Host?.Output[^Math.Min(3000, Host.Output.Length)..] : "")}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Reads the current state of a job.</summary>
    public async Task<JsonObject> GetAsync(string id, string query = "") =>
        (await Http.GetFromJsonAsync<JsonObject>($"api/images/{id}{query}"))!;

    /// <summary>Waits until a job has ended, for at most twenty minutes, and returns it.</summary>
    public async Task<JsonObject> EndOfAsync(JsonObject job)
    {
        JsonObject end = job;
        for (var look = 0; look < 20; look++)
        {
            end = await GetAsync(IdOf(job), "?wait=60");
            if (end["timings"] is not null
                    && StatusOf(end) is not ("queued" or "submitting" or "generating" or "saving" or "waitingForCredits"))
                return end;
        }

        throw new TimeoutException($"It does not end: {await TellOfAsync(end)}");
    }

    /// <summary>Waits until a condition on a job is true, for about a minute at most.</summary>
    public async Task<JsonObject> UntilAsync(JsonObject job, Func<JsonObject, bool> isSo)
    {
        JsonObject now = job;
        for (var look = 0; look < 60; look++)
        {
            now = await GetAsync(IdOf(job));
            if (isSo(now))
                return now;
            await GetAsync(IdOf(job), "?wait=1&until=change");
        }

        throw new TimeoutException($"It did not come about: {await TellOfAsync(now)}");
    }

    // Everything that helps to find out why a job makes no progress.
    private async Task<string> TellOfAsync(JsonObject job)
    {
        string[] names = [IdOf(job), "upstream-gate", "duplicate"];
        var log = (Host?.Output ?? "")
            .Split('\n')
            .Where(line => names.Any(name => line.Contains(name, StringComparison.Ordinal)))
            .TakeLast(40);
        return string.Join('\n', [
            job.ToJsonString(),
            await Http.GetStringAsync("api/gate"),
            await Http.GetStringAsync("api/images?top=5"),
            await Http.GetStringAsync("runtime/webhooks/durabletask/instances/upstream-gate?showHistory=true&showHistoryOutput=true"),
            .. log]);
    }

    public static string IdOf(JsonObject job) => job["id"]!.GetValue<string>();

    public static string StatusOf(JsonObject job) => job["status"]!.GetValue<string>();

    /// <summary>Creates a prompt that no other test uses.</summary>
    public static string NewPrompt(string about) => $"{about} {Guid.NewGuid()}";
}
