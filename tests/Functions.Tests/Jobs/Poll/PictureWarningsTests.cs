using Darkroom.Jobs.Poll;
using Darkroom.ModelScope.Requests;
using Darkroom.ModelScope.Tasks;

namespace Darkroom.Functions.Tests.Jobs.Poll;

public sealed class PictureWarningsTests
{
    private static readonly ImageRequest Asked = new()
    {
        Prompt = "a cat",
        Size = new ImageSize(64, 48),
        Seed = 7,
        Steps = 20,
        Guidance = 3.5,
    };
    private static readonly TaskInput Used = new() { Seed = 7, Steps = 20, Guidance = 3.5 };

    [Fact]
    public void Of_PictureAsRequested_IsEmpty() => Assert.Empty(PictureWarnings.Of(Asked, Used, Delivered(64, 48)));

    [Fact]
    public void Of_Differences_NamesBothValues() => Assert.Equal(
        [
            "Asked for 64x48, delivered 48x64.",
            "Asked for seed 7, made with 8.",
            "Asked for 20 steps, made with 9.",
            "Asked for guidance 3.5, made with 4.",
        ],
        PictureWarnings.Of(Asked, new TaskInput { Seed = 8, Steps = 9, Guidance = 4 }, Delivered(48, 64)));

    [Fact]
    public void Of_ValueNotRequestedOrNotReported_IsEmpty()
    {
        Assert.Empty(
            PictureWarnings.Of(
                new ImageRequest { Prompt = "a cat" }, new TaskInput { Seed = 8, Steps = 9, Guidance = 4 }, Delivered(1, 1)));
        Assert.Empty(PictureWarnings.Of(Asked, used: null, Delivered(64, 48)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_RandomSeedRequested_IsEmpty(int seed) =>
        Assert.Empty(PictureWarnings.Of(Asked with { Seed = seed }, Used with { Seed = 99 }, Delivered(64, 48)));

    private static SavedPicture Delivered(int width, int height) =>
        new() { Index = 0, Blob = "a.png", ContentType = "image/png", Width = width, Height = height, Bytes = 1, Sha256 = "" };
}
