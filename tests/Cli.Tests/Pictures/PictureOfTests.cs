using Darkroom.Cli.Jobs;
using Darkroom.Cli.Pictures;

namespace Darkroom.Cli.Tests.Pictures;

public sealed class PictureOfTests
{
    private static readonly TimeZoneInfo China = TimeZoneInfo.CreateCustomTimeZone("China", TimeSpan.FromHours(8), "China", "China");

    [Theory]
    [InlineData("a-golden-cat-0.png", "a-golden-cat-20261122-001150")]
    [InlineData("一只金色的猫-0.png", "一只金色的猫-20261122-001150")]
    [InlineData("room-101.png", "room-101-20261122-001150")]
    public void NameFrom_OnePicture_IsDescriptionAndLocalTime(string offered, string name) =>
        Assert.Equal(name, Assert.Single(PictureOf.All(Job(0), China)).NameFrom(offered));

    [Fact]
    public void NameFrom_SeveralPictures_HaveNumbers() =>
        Assert.Equal(
            ["cat-20261122-001150-1", "cat-20261122-001150-3"],
            PictureOf.All(Job(0, 2), China).Select(picture => picture.NameFrom($"cat-{picture.Image.Index}.png")));

    [Fact]
    public void NameFrom_OnlyTheSecondPictureIsThere_HasItsNumber() =>
        Assert.Equal("cat-20261122-001150-2", PictureOf.All(Job(1), China).Single().NameFrom("cat-1.png"));

    private static Job Job(params int[] pictures) => new()
    {
        Id = "j1",
        Status = "succeeded",
        CreatedAt = new DateTimeOffset(2026, 11, 21, 16, 11, 50, TimeSpan.Zero),
        Images = [.. pictures.Select(index => new JobImage(index, "image/png", 8, 8, 7, "00"))],
    };
}
