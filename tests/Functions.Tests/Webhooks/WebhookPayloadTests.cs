using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.Api;
using Darkroom.Functions.Tests.Jobs;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.TestKit;
using Darkroom.Webhooks;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Webhooks;

public sealed class WebhookPayloadTests
{
    private static readonly WebhookViews Views = new(TimeProvider.System);

    [Fact]
    public void OfJob_SmallJob_IsTheJobWithoutTimelineAndLinksOfTheEngine()
    {
        var view = Views.OfJob(JobWith("""{"prompt":"a cat","size":"64x64"}"""));
        var body = Read(view);
        Assert.Equal(("job.succeeded", "2026-11-21T08:00:00Z"), ((string?)body["type"], (string?)body["timestamp"]));
        var data = body["data"]!.AsObject();
        string[] gone = ["timeline", "durable"];
        Assert.Equal(
            Views.OfJob(JobWith("{}")).Select(field => field.Key).Except(gone).Order(), data.Select(field => field.Key).Order());
        Assert.Equal("""{"prompt":"a cat","size":"64x64"}""", data["request"]!.ToJsonString());
    }

    [Theory]
    [InlineData(JobStatus.Succeeded, "job.succeeded")]
    [InlineData(JobStatus.PartiallySucceeded, "job.partiallySucceeded")]
    [InlineData(JobStatus.Failed, "job.failed")]
    [InlineData(JobStatus.Expired, "job.expired")]
    [InlineData(JobStatus.Canceled, "job.canceled")]
    [InlineData(JobStatus.SubmissionUnknown, "job.submissionUnknown")]
    public void OfJob_EachTerminalStatus_HasItsType(JobStatus status, string type) =>
        Assert.Equal(
            type, (string?)JsonNode.Parse(WebhookPayload.OfJob(status, SampleJob.Start, Views.OfJob(JobWith("{}"))))!["type"]);

    [Theory]
    [InlineData("""{"prompt":"p","extra":{"a":1},"webhook":{"url":"https://example.com","secret":"…"}}""", """{"prompt":"p"}""")]
    [InlineData("""{"prompt":"p","image_url":"data:image/png;base64,… (99 characters)"}""", """{"prompt":"p"}""")]
    [InlineData("""{"prompt":"p","image_url":["DATA:image/png;base64,…"]}""", """{"prompt":"p"}""")]
    [InlineData(
        """{"prompt":"p","image_url":["https://a.example/1.png","data:image/png;base64,…"]}""",
        """{"prompt":"p","image_url":["https://a.example/1.png"]}""")]
    public void OfJob_PartsThatAreNotMeantForOthers_AreLeftOut(string request, string expected) =>
        Assert.Equal(
            expected, Read(Views.OfJob(JobWith(request)))["data"]!["request"]!.ToJsonString(
                new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    [Theory]
    [InlineData("a", 500, false)]
    [InlineData("a", 501, true)]
    [InlineData("猫", 1999, true)]
    [InlineData("😀", 500, false)]
    [InlineData("😀", 501, true)]
    public void OfJob_LongPrompts_AreCutAt500Characters(string letter, int length, bool isCut)
    {
        var text = string.Concat(Enumerable.Repeat(letter, length));
        var request = new JsonObject { ["prompt"] = text, ["negative_prompt"] = text };
        var data = Read(Views.OfJob(JobWith(request.ToJsonString())))["data"]!;
        Assert.Equal(isCut, data["truncated"] is { } truncated && truncated.GetValue<bool>());
        var expected = string.Concat(Enumerable.Repeat(letter, Math.Min(length, 500)));
        Assert.Equal(
            (expected, expected), ((string?)data["request"]!["prompt"], (string?)data["request"]!["negative_prompt"]));
    }

    [Fact]
    public void OfJob_GeneratedJobs_AreUnder20Kilobytes() => Properties.ForAll(Jobs, job =>
    {
        var bytes = WebhookPayload.OfJob(job.State.Status, SampleJob.Start, Views.OfJob(job));
        var data = JsonNode.Parse(bytes)!["data"]!;
        return bytes.Length < 20_000
            && (string?)data["id"] == "job" && data["status"] is not null && data["links"]!["self"] is not null
            && (data["images"] is null || data["images"]!.AsArray().Count == job.State.Pictures.Count
                || (bool?)data["truncated"] == true);
    }, cases: 500);

    [Fact]
    public void OfJob_HundredPictures_KeepsTheFirstAndSaysSo()
    {
        var state = new JobState { Status = JobStatus.Succeeded, Pictures = [.. Enumerable.Range(0, 100).Select(Picture)] };
        var data = Read(Views.OfJob(new JobRecord(SampleJob.Ticket, state, SampleJob.Start, SampleJob.Start)))["data"]!;
        Assert.True((bool?)data["truncated"]);
        var images = data["images"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, images.Count), images.Select(image => (int)image!["index"]!));
        Assert.InRange(images.Count, 8, 100);
    }

    private static Gen<string> Texts(int longest) =>
        from letter in Gen.Elements("a", "\"", "猫", "😀", "\u0001", "<", "é")
        from length in Gen.Elements(0, 1, 20, longest / 2, longest)
        select string.Concat(Enumerable.Repeat(letter, length));

    private static Gen<JobRecord> Jobs =>
        from status in Gen.Elements(Enum.GetValues<JobStatus>().Where(one => one.IsTerminal()).ToArray())
        from prompt in Texts(1999)
        from negative in Texts(1999)
        from name in Texts(200)
        from tags in Texts(100).ArrayOf(20)
        from urls in Texts(1000).ArrayOf(6)
        from detail in Texts(400)
        from message in Texts(250)
        from warnings in Texts(300).ArrayOf(10)
        from pictures in Gen.Elements(0, 1, 4, 16, 64, 300)
        from tasks in Gen.Elements(0, 16)
        select JobOf(
            new JobState
            {
                Status = status,
                Error = new JobError("internal", "A title", detail, Retryable: true)
                {
                    UpstreamMessage = message,
                    UpstreamCode = message[..Math.Min(100, message.Length)],
                },
                Pictures = [.. Enumerable.Range(0, pictures).Select(Picture).Select(one => one with { Warnings = warnings })],
                Tasks = [
                    .. Enumerable.Range(0, tasks).Select(
                        number => new JobState { TaskId = $"{detail}{number}", RequestId = message })],
            },
            new JsonObject
            {
                ["prompt"] = prompt,
                ["negative_prompt"] = negative,
                ["name"] = name,
                ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode?)tag)]),
                ["image_url"] = new JsonArray([.. urls.Select(url => (JsonNode?)$"https://example.com/{url}")]),
                ["extra"] = new JsonObject { ["note"] = detail },
            },
            warnings);

    private static JobRecord JobWith(string request) =>
        JobOf(new JobState { Status = JobStatus.Succeeded, Pictures = [Picture(0)] }, JsonNode.Parse(request)!.AsObject(), []);

    private static JobRecord JobOf(JobState state, JsonObject request, IReadOnlyList<string> warnings) =>
        new(SampleJob.Ticket with { Request = request.ToJsonString(), Warnings = warnings }, state, SampleJob.Start, SampleJob.Start);

    private static SavedPicture Picture(int index) => new()
    {
        Index = index,
        Blob = $"2026/11/21/job/{index}.png",
        ContentType = "image/png",
        Width = 1024,
        Height = 1024,
        Bytes = 1_000_000,
        Sha256 = new string('f', 64),
    };

    private static JsonObject Read(JsonObject view) =>
        JsonNode.Parse(Encoding.UTF8.GetString(WebhookPayload.OfJob(JobStatus.Succeeded, SampleJob.Start, view)))!.AsObject();
}
