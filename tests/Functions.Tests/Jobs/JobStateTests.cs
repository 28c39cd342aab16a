using System.Text;
using System.Text.Json;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;

namespace Darkroom.Functions.Tests.Jobs;

public sealed class JobStateTests
{
    private const int MaxBytes = 16 * 1024;

    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    private static readonly SavedPicture Picture = new()
    {
        Index = 0,
        Blob = $"2026/11/21/{new string('x', 80)}/{new string('猫', 48)}-0.png",
        ContentType = "image/png",
        Width = 1,
        Height = 1,
        Bytes = 1,
        Sha256 = new string('0', 64),
    };

    [Fact]
    public void ForStatus_Succeeded_KeepsOneOrTwoPictures()
    {
        var state = new JobState { Status = JobStatus.Succeeded, Pictures = [Picture] };
        Assert.Equal([Picture], state.ForStatus().Pictures);
        Assert.Empty((state with { Status = JobStatus.Generating }).ForStatus().Pictures);
        Assert.Empty((state with { Pictures = [Picture, Picture, Picture] }).ForStatus().Pictures);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('话')]
    [InlineData('"')]
    public void ForStatus_LongTexts_FitsIntoACustomStatus(char letter)
    {
        for (var entries = 0; entries <= 400; entries += 25)
        {
            var state = Unlucky(letter, TimelineOf(entries));
            var shown = state.ForStatus();
            Assert.InRange(Encoding.Unicode.GetByteCount(JsonSerializer.Serialize(shown)), 1, MaxBytes);
            Assert.Equal(state.Error, shown.Error);
        }
    }

    [Fact]
    public void ForStatus_TooLarge_DropsTheOldestEntriesAndKeepsTheNumbers()
    {
        var state = Unlucky('话', TimelineOf(200));
        var (all, left) = (state.Timeline.Read().ToArray(), state.ForStatus().Timeline.Read().ToArray());
        Assert.InRange(left.Length, 20, 199);
        Assert.Equal(all[^left.Length..], left);
    }

    // All texts of upstream have the maximum length.
    private static JobState Unlucky(char letter, Timeline timeline) => new()
    {
        Status = JobStatus.SubmissionUnknown,
        Pictures = [Picture, Picture],
        Error = JobErrors.SubmissionUnknown(
            new string(
                letter,
                1000)) with
        {
            UpstreamMessage = new string(letter, 250),
            UpstreamCode = new string(letter,
                100),
            RequestId = new string(letter, 100)
        },
        RequestId = new string(letter, 100),
        RawStatus = new string(letter, 100),
        Timeline = timeline,
    };

    private static Timeline TimelineOf(int entries) => Enumerable.Range(0, entries)
        .Aggregate(
            Timeline.Empty,
            (line, n) =>
                line.With(Start.AddSeconds(n), n % 2 == 0 ? JobStatus.Queued : JobStatus.WaitingForCredits, JobStages.WaitingForCredits));
}
