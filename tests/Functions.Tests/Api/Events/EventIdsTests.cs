using Darkroom.Api.Events;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Functions.Tests.Api.Events;

public sealed class EventIdsTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("0", 1)]
    [InlineData("41", 42)]
    public void TryReadNext_OfANumber_IsTheNextEvent(string? header, int expected)
    {
        Assert.True(Read(header, out var next));
        Assert.Equal(expected, next);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("abc")]
    [InlineData("2147483647")]
    [InlineData("99999999999")]
    public void TryReadNext_OfAnythingElse_IsRefused(string header) => Assert.False(Read(header, out _));

    private static bool Read(string? header, out int next)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null)
            request.Headers["Last-Event-ID"] = header;
        return EventIds.TryReadNext(request, out next);
    }
}
