using System.Text.Json;
using Darkroom.Generation;
using Darkroom.Storage;

namespace Darkroom.Functions.Tests.Generation;

public sealed class JobStateTests
{
    private static readonly SavedPicture Picture = new() { Index = 0, Blob = $"2026/11/21/{new string('x', 80)}/{new string('猫', 48)}-0.png", ContentType = "image/png", Width = 1, Height = 1, Bytes = 1, Sha256 = new string('0', 64) };

    [Fact]
    public void A_success_is_never_shown_without_its_picture()
    {
        var state = new JobState { Status = JobStatus.Succeeded, Pictures = [Picture] };
        Assert.Equal([Picture], state.ForStatus().Pictures);
        Assert.Empty((state with { Status = JobStatus.Generating }).ForStatus().Pictures);
        Assert.Empty((state with { Pictures = [Picture, Picture, Picture] }).ForStatus().Pictures);
    }

    [Fact]
    public void What_is_shown_always_finds_room()
    {
        var timeline = Enumerable.Range(0, 400).Aggregate(Timeline.Empty, (line, n) => line.With(new DateTime(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc).AddSeconds(n), n % 2 == 0 ? JobStatus.Queued : JobStatus.WaitingForCredits, JobStages.WaitingForCredits));
        var error = JobErrors.SubmissionUnknown(new string('话', 1000)) with { UpstreamMessage = new string('话', 250), RequestId = new string('r', 100) };
        var state = new JobState { Status = JobStatus.SubmissionUnknown, Pictures = [Picture, Picture], Error = error, Timeline = timeline };
        Assert.InRange(JsonSerializer.Serialize(state.ForStatus()).Length, 1, 16 * 1024);
    }
}
