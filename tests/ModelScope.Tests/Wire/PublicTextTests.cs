using Darkroom.ModelScope.Wire;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.ModelScope.Tests.Wire;

public sealed class PublicTextTests
{
    private static readonly ApiToken Token = ApiToken.Clean("ms-12345678-abcd");

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("token ms-12345678-abcd is wrong", "token *** is wrong")]
    [InlineData("see https://modelscope.cn/docs for more", "see https://modelscope.cn/docs for more")]
    [InlineData("see https://modelscope.cn/docs?key=1 for more", "see [link] for more")]
    [InlineData("cannot read https://x.aliyuncs.com/a.png?Signature=abc now", "cannot read [link] now")]
    [InlineData("at http://10.0.0.8:8080/internal", "at [link]")]
    [InlineData("path /a.png?Expires=1&Signature=abc%2F failed", "path [link] failed")]
    [InlineData("two\nlines\u0007", "two lines")]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void Clean_Text_RemovesSecretsAndKeepsTheRest(string? text, string? clean) => Assert.Equal(clean, PublicText.Clean(text, Token));

    [Fact]
    public void Clean_LongText_IsCut() => Assert.Equal(PublicText.Longest, PublicText.Clean(new string('x', 1_000_000), Token)!.Length);

    [Fact]
    public void Clean_TokenAtTheCut_LeavesNoPart()
    {
        for (var at = 3960; at <= 4010; at++)
        {
            // Links that are replaced bring what follows them into the part that is shown.
            var links = string.Concat(Enumerable.Repeat($"https://example.com/{new string('x', 380)} ", 10));
            var text = $"{links[..Math.Min(at, links.Length)].PadRight(at)}ms-12345678-abcd";
            Assert.DoesNotContain("ms-1", PublicText.Clean(text, Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Clean_TokenInAnyContext_IsHidden() =>
        Properties.ForAll(
            from before in Gen.Elements("", "Bearer ", "https://x/?t=", "\"", "'", "猫")
            from after in Gen.Elements("", "\"", "/", "&x=1", "🐱", "ms-12345678-abcd")
            select $"{before}ms-12345678-abcd{after}",
            text => !PublicText.Clean(text, Token)!.Contains("ms-12345678-abcd", StringComparison.Ordinal));
}
