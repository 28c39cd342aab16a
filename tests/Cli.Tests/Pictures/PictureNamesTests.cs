using System.Net.Http.Headers;
using System.Text;
using Darkroom.Cli.Pictures;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Cli.Tests.Pictures;

public sealed class PictureNamesTests
{
    [Theory]
    [InlineData("a-golden-cat-0.png", "a-golden-cat-0.png")]
    [InlineData("一只金色的猫-0.png", "一只金色的猫-0.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("/absolute.png", "absolute.png")]
    [InlineData(".hidden", "hidden")]
    [InlineData("nul.png", "picture-nul.png")]
    [InlineData("a:b?c.png", "a-b-c.png")]
    [InlineData("line\nbreak.png", "line-break.png")]
    public void Safe_OfferedName_KeepsTheUsablePart(string offered, string kept) => Assert.Equal(kept, PictureNames.Safe(offered));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/")]
    [InlineData("///")]
    [InlineData(" . ")]
    public void Safe_NothingUsable_IsNull(string? offered) => Assert.Null(PictureNames.Safe(offered));

    [Fact]
    public void Safe_AnyText_IsAValidNameInItsFolder()
    {
        var pieces = Gen.Elements(
            "..",
            "/",
            "\\",
            ".",
            "a",
            "猫",
            "😀",
            "\0",
            "\n",
            ":",
            "con",
            "png",
            " ",
            "-",
            "\u202e",
            "é",
            new string('x', 90),
            new string('界', 90),
            "\ud800");
        Properties.ForAll(pieces.ListOf().Select(string.Concat), offered =>
        {
            var name = PictureNames.Safe(offered);
            return name is null
                || (Path.GetFileName(name) == name && name[0] != '.' && Encoding.UTF8.GetByteCount(name) <= 220
                    && !name.Any(char.IsControl) && !name.Contains('\\', StringComparison.Ordinal)
                    && name[^1] is not ('.' or ' ') && !name.StartsWith("con.", StringComparison.Ordinal) && name != "con"
                    && Path.GetDirectoryName(Path.GetFullPath(Path.Combine("/pictures", name))) == "/pictures");
        });
    }

    [Theory]
    [InlineData("inline; filename=\"cat.png\"; filename*=UTF-8''%E7%8C%AB.png", "猫.png")]
    [InlineData("inline; filename=\"cat.png\"", "cat.png")]
    [InlineData("attachment; filename=\"../cat.png\"", "cat.png")]
    [InlineData("inline", "otherwise.png")]
    public void Of_ContentDisposition_GivesTheFileName(string header, string name) =>
        Assert.Equal(name, PictureNames.Of(ContentDispositionHeaderValue.Parse(header), "otherwise.png"));

    [Theory]
    [InlineData("cat.png", 1, "cat.png")]
    [InlineData("cat.png", 2, "cat-2.png")]
    [InlineData("cat", 3, "cat-3")]
    public void Numbered_SecondAndLaterFiles_HaveTheNumberBeforeTheExtension(string name, int number, string numbered) =>
        Assert.Equal(numbered, PictureNames.Numbered(name, number));
}
