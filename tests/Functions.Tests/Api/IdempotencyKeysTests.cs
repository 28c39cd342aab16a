using Darkroom.Api;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Functions.Tests.Api;

public sealed class IdempotencyKeysTests
{
    [Fact]
    public void TryRead_WithoutTheHeader_IsNoKey()
    {
        Assert.True(IdempotencyKeys.TryRead(new DefaultHttpContext().Request, out var key));
        Assert.Null(key);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"")]
    [InlineData("!~")]
    public void TryRead_OfVisibleAscii_IsTheKeyAsItIs(string sent)
    {
        Assert.True(Read(out var key, sent));
        Assert.Equal(sent, key);
    }

    [Fact]
    public void TryRead_OfTheLongestKey_IsTheKey() => Assert.True(Read(out _, new string('k', 255)));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\there")]
    [InlineData("clé")]
    [InlineData("\u007f")]
    public void TryRead_OfAnythingElse_IsRefused(string sent) => Assert.False(Read(out _, sent));

    [Fact]
    public void TryRead_OfATooLongKeyOrTwoKeys_IsRefused()
    {
        Assert.False(Read(out _, new string('k', 256)));
        Assert.False(Read(out _, "one", "two"));
    }

    private static bool Read(out string? key, params string[] values)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Idempotency-Key"] = values;
        return IdempotencyKeys.TryRead(request, out key);
    }
}
