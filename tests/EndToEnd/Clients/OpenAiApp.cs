using System.Diagnostics;
using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd;

/// <summary>
/// The app for clients of the OpenAI API. A request waits long enough for a picture on a busy machine; the tests run one after the other.
/// </summary>
public sealed class OpenAiApp : TestApp
{
    public const string Name = "openai";

    /// <summary>How long the app lets a request wait.</summary>
    public const int WaitSeconds = 15;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Darkroom__OpenAiWaitSeconds"] = $"{WaitSeconds}",
        // A submit with large pictures takes longer than the two seconds of the other apps.
        ["Darkroom__SubmitTimeoutSeconds"] = "30",
        ["MODELSCOPE_IMAGE_POLL_INTERVAL"] = "0.1",
    };

    /// <summary>The address that a client of the OpenAI API is configured with.</summary>
    public Uri Endpoint => new(Http.BaseAddress!, "v1");

    /// <summary>Makes new tasks run until <see cref="Finish"/>.</summary>
    public void Holds() => Upstream.Settings = new SimulatorSettings { Seconds = 3600, Speed = 1, Slots = 64 };

    /// <summary>Finishes all tasks, and makes new ones end at once.</summary>
    public void Finish()
    {
        Upstream.Settings = UpstreamSettings;
        Upstream.Tasks.FinishAll();
    }

    /// <summary>Waits until upstream has received a submit with a prompt.</summary>
    public async Task UntilPostedAsync(string prompt)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var look = 0; PostsOf(prompt) == 0; look++)
        {
            Assert.True(look < 3000, "Nothing was submitted.");
            await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>Makes a call with the official SDK for JavaScript, with its retries on.</summary>
    public async Task<JsonObject> CallNodeAsync(
        string method, object? body = null, object? options = null, IReadOnlyList<byte[]>? files = null, Uri? endpoint = null)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "EndToEnd", "Clients", "openai.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(System.Text.Json.JsonSerializer.Serialize(
            new { baseURL = (endpoint ?? Endpoint).AbsoluteUri, method, body, options, files }));
        node.StandardInput.Close();
        var said = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, string.Concat(said));
        Leaks.AssertNone(Leaks.Find(said[0]));
        var call = JsonNode.Parse(said[0])!.AsObject();
        await AssertAsDescribedAsync(call["answers"]!.AsArray());
        return call;
    }

    // The SDK for JavaScript brings its own client, so its answers are compared with openapi.yaml afterwards.
    private async Task AssertAsDescribedAsync(JsonArray answers)
    {
        using var http = new HttpClient();
        var contract = await ContractWatch.ContractOfAsync(Http.BaseAddress!, http.SendAsync, CancellationToken.None);
        Assert.All(answers, answer =>
        {
            var (method, path) = (answer!["method"]!.GetValue<string>(), answer["path"]!.GetValue<string>());
            Assert.Null(contract.Check(
                method.ToUpperInvariant(), path, answer["status"]!.GetValue<int>(), answer["mediaType"]?.GetValue<string>(),
                answer["text"]?.GetValue<string>()));
        });
    }
}

[CollectionDefinition(OpenAiApp.Name)]
public sealed class OpenAiAppUsers : ICollectionFixture<OpenAiApp>;
