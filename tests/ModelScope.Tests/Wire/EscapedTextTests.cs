using System.Text;
using System.Text.Json;
using Darkroom.ModelScope.Wire;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.ModelScope.Tests.Wire;

public sealed class EscapedTextTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("a\\n\\u00e9", true)]
    [InlineData(@"\ud83d\ude00", true)]
    [InlineData(@"\ud83d", false)]
    [InlineData(@"\ud83dx", false)]
    [InlineData(@"\ud83d\u0061", false)]
    [InlineData(@"\ude00\ud83d", false)]
    [InlineData(@"\\ud83d", true)]
    public void IsValid_EscapedSurrogates_MustBePairs(string raw, bool isValid) =>
        Assert.Equal(isValid, EscapedText.IsValid(Encoding.UTF8.GetBytes(raw)));

    [Fact]
    public void IsValid_InvalidUtf8_IsFalse() => Assert.False(EscapedText.IsValid([0x61, 0xC0, 0xAF]));

    [Fact]
    public void IsValid_AnyString_IsWhatTheReaderCanUnescape() => Properties.ForAll(
        Gen.Elements("a", "é", "😀", @"\n", @"\\", @"\u0061", @"\ud83d", @"\uDE00", @"\udbff", @"\udc00").ListOf().Select(string.Concat),
        raw => EscapedText.IsValid(Encoding.UTF8.GetBytes(raw)) == CanBeUnescaped(raw));

    private static bool CanBeUnescaped(string raw)
    {
        try
        {
            using var json = JsonDocument.Parse($"\"{raw}\"");
            return json.RootElement.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
