using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Darkroom.Simulator.Scenarios;
using Darkroom.TestKit;

namespace Darkroom.Simulator.Tests.Scenarios;

/// <summary>Every scenario has a unique name and changes what a caller receives.</summary>
public sealed partial class ScenarioCatalogueTests
{
    // These scenarios set the default values.
    private static readonly string[] SameAsPlain = ["done-SUCCEED", "running-RUNNING"];

    // These scenarios never end or send too much data for this test. The tests of the client use them.
    private static readonly string[] WithoutEnd =
        [
            "submit-silence",
            "submit-drip",
            "submit-flood",
            "look-silence",
            "look-drip",
            "look-flood",
            "picture-silence",
            "oversize",
            "oversize-unannounced",
            "fifty-megabytes",
        ];

    public static TheoryData<string> Visible =>
        [.. ScenarioCatalogue.All.Select(scenario => scenario.Name).Except(SameAsPlain).Except(WithoutEnd)];

    [Fact]
    public void Catalogue_EveryScenario_HasAUniqueNameAndADescription()
    {
        Assert.Equal(
            ScenarioCatalogue.All.Count,
            ScenarioCatalogue.All.Select(scenario => scenario.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ScenarioCatalogue.All, scenario => Assert.False(string.IsNullOrWhiteSpace(scenario.About)));
    }

    [Theory]
    [MemberData(nameof(Visible))]
    public async Task Scenario_Assigned_ChangesTheTranscript(string name) =>
        Assert.NotEqual(await TranscriptAsync(null), await TranscriptAsync(name));

    /// <summary>All responses that a caller receives for one picture, with the values that differ from run to run masked.</summary>
    private static async Task<string> TranscriptAsync(string? scenario)
    {
        var time = new ManualTime();
        await using var upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Time = time });
        if (scenario is not null)
            upstream.Scenarios.Assign(scenario);

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = upstream.ApiUrl };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer x");
        var transcript = new StringBuilder();
        using var post = new HttpRequestMessage(
            HttpMethod.Post,
            "v1/images/generations")
        { Content = JsonContent.Create(new { model = "a/b", prompt = "cat", seed = 1, size = "64x64" }) };
        post.Headers.Add("X-ModelScope-Async-Mode", "true");
        await SeeAsync(transcript, http, post);
        if (upstream.Tasks.All is not [var task])
            return transcript.ToString();

        string? link = null;
        foreach (var wait in new[] { 0, 1, 30, 30 })
        {
            time.Advance(TimeSpan.FromSeconds(wait));
            using var look = new HttpRequestMessage(HttpMethod.Get, $"v1/tasks/{task.Id}");
            look.Headers.Add("X-ModelScope-Task-Type", "image_generation");
            var body = await SeeAsync(transcript, http, look);
            link ??= LinkIn(body);
        }

        using var result = new HttpRequestMessage(HttpMethod.Get, $"v1/tasks/{task.Id}/result");
        await SeeAsync(transcript, http, result);
        if (link is not null && new Uri(link).Authority == upstream.PictureHost)
        {
            using var picture = new HttpRequestMessage(HttpMethod.Get, link);
            await SeeAsync(transcript, http, picture);
        }

        return Varying().Replace(transcript.ToString(), "~");
    }

    private static async Task<string> SeeAsync(StringBuilder transcript, HttpClient http, HttpRequestMessage request)
    {
        try
        {
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            transcript.AppendLine(
                $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {response.Headers.Location} "
                    + $"{response.Headers.RetryAfter} {body}");
            return body;
        }
        catch (HttpRequestException exception)
        {
            transcript.AppendLine(exception.HttpRequestError.ToString());
            return "";
        }
    }

    private static string? LinkIn(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject answer
                ? LinkPattern().Match(answer.ToJsonString(Plain)).Value is { Length: > 0 } link
                ? link
                : null
                : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [GeneratedRegex("https?://[^\"]+/img/[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LinkPattern();

    // Ids, addresses, signatures, expiry times and trace ids differ from run to run.
    [
        GeneratedRegex(
            "[0-9]{13}|[0-9a-f]{8}-[0-9a-f-]{27}|127\\.0\\.0\\.1:[0-9]+|Signature=[\\w-]+|Expires=[0-9]+|0H[0-9A-Z]+:[0-9]+",
            RegexOptions.None,
            matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Varying();
}
