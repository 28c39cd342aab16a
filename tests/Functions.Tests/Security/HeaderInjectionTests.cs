using Darkroom.Api;
using Darkroom.Jobs.Poll;
using Darkroom.ModelScope.Wire;
using Darkroom.TestKit;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Darkroom.Functions.Tests.Security;

/// <summary>No text of a caller or of ModelScope can add a header, or end one.</summary>
public sealed class HeaderInjectionTests
{
    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\0", "\u0085", "\u2028", "\"", ";", "\\", "filename=", "Set-Cookie: a=1", "x", "猫", "😀", "%0d%0a", " ",
    ];

    [Fact]
    public void ContentDisposition_AnyPrompt_IsOneHeaderWithOneName() =>
        Properties.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat), prompt =>
        {
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName(Path.GetFileName(FileNames.Of("job", DateTimeOffset.UnixEpoch, prompt, 0)));
            var header = disposition.ToString();
            return header.All(letter => letter is >= ' ' and <= '~')
                && ContentDispositionHeaderValue.TryParse(header, out var read)
                && read.Parameters.All(parameter => parameter.Name == "filename" || parameter.Name == "filename*")
                && read.Parameters.Count <= 2;
        });

    [Fact]
    public void IdempotencyKey_WithAnUnusualCharacter_IsRefused() =>
        Properties.ForAll(Gen.Elements(Pieces).NonEmptyListOf().Select(string.Concat), text =>
        {
            var request = new DefaultHttpContext().Request;
            request.Headers["Idempotency-Key"] = $"a{text}b";
            return IdempotencyKeys.TryRead(request, out _) == text.All(letter => letter is >= '!' and <= '~');
        });

    [Theory]
    [InlineData("a\r\nb", false)]
    [InlineData("../../v1/files", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a%2fb", false)]
    [InlineData("a?b", false)]
    [InlineData("a#b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a b", false)]
    [InlineData("1795269790001", true)]
    [InlineData("task-1.2:3_4", true)]
    public void TaskId_OfModelScope_IsUsedOnlyIfItIsPlain(string id, bool isUsable) => Assert.Equal(isUsable, TaskIds.IsUsable(id));
}
