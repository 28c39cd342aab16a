using Darkroom.Jobs.Poll;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Jobs.Poll;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("A golden cat", "a-golden-cat")]
    [InlineData("一只金色的猫", "一只金色的猫")]
    [InlineData("  ../../etc/passwd  ", "etc-passwd")]
    [InlineData("CON", "con-picture")]
    [InlineData("🐱", "picture")]
    [InlineData("", "picture")]
    [InlineData("a\\b:c*d?e\"f<g>h|i", "a-b-c-d-e-f-g-h-i")]
    [InlineData("Ünïcödé Straße", "ünïcödé-straße")]
    public void Slug_Description_IsReadable(string description, string slug) => Assert.Equal(slug, FileNames.Slug(description));

    [Fact]
    public void Of_JobAndIndex_GivesTheName() =>
        Assert.Equal(
            "2026/11/21/job1/a-cat-3", FileNames.Of("job1", new DateTimeOffset(2026, 11, 21, 23, 0, 0, TimeSpan.Zero), "A cat", 3));

    [Fact]
    public void Slug_AnyText_IsValidInEveryFileSystem() =>
        Properties.ForAll(
            ArbMap.Default.ArbFor<string>(),
            text =>
            {
                var slug = FileNames.Slug(text ?? "");
                return slug.Length is > 0 and <= 60 && slug.IndexOfAny([.. "/\\:*?\"<>|. "]) < 0 && !slug.Any(char.IsControl)
                    && slug.Trim('-') == slug;
            });
}
