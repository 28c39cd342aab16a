using Darkroom.Api.Images;
using Darkroom.Jobs;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Functions.Tests.Api.Images;

public sealed class ListQueryTests
{
    [Theory]
    [InlineData("queued", JobStatus.Queued)]
    [InlineData("WaitingForCredits", JobStatus.WaitingForCredits)]
    public void Read_NameOfAState_IsRead(string status, JobStatus wanted)
    {
        Assert.Null(Read(status, out var query));
        Assert.Equal(wanted, query.Status);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("-0")]
    [InlineData("queued,succeeded")]
    [InlineData("nonsense")]
    public void Read_AnotherStatus_IsRefused(string status) => Assert.NotNull(Read(status, out _));

    private static IResult? Read(string status, out ListQuery query)
    {
        var http = new DefaultHttpContext { Request = { QueryString = QueryString.Create("status", status) } };
        return ListQuery.Read(http.Request, out query);
    }
}
