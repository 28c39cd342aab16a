using Darkroom.Api.Events;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Functions.Tests.Api.Events;

public sealed class EventsQueryTests
{
    [Fact]
    public void Read_JobsBatchesAndGate_AreTakenOnceInOrder()
    {
        var (query, problems) = Read("?job=b&job=a&job=b&batch=c&gate=true");
        Assert.Empty(problems);
        Assert.Equal(["b", "a"], query!.Jobs);
        Assert.Equal(["c"], query.Batches);
        Assert.True(query.Gate);
    }

    [Theory]
    [InlineData("", "job")]
    [InlineData("?gate=false", "job")]
    [InlineData("?gate=1", "gate")]
    [InlineData("?job=", "job")]
    [InlineData("?job=a/b", "job")]
    [InlineData("?job=a&batch=..", "batch")]
    public void Read_InvalidValue_NamesTheParameter(string text, string field)
    {
        var (query, problems) = Read(text);
        Assert.Null(query);
        Assert.Equal([field], problems);
    }

    [Theory]
    [InlineData("job", EventsQuery.MaxJobs)]
    [InlineData("batch", EventsQuery.MaxBatches)]
    public void Read_MoreThanTheLimit_IsRefused(string name, int most)
    {
        string Ids(int count) => "?" + string.Join('&', Enumerable.Range(0, count).Select(id => $"{name}=x{id}"));
        Assert.NotNull(Read(Ids(most)).Query);
        Assert.Equal([name], Read(Ids(most + 1)).Fields);
    }

    private static (EventsQuery? Query, string[] Fields) Read(string text)
    {
        var request = new DefaultHttpContext { Request = { QueryString = new QueryString(text) } }.Request;
        var query = EventsQuery.Read(request.Query, out var problems);
        return (query, [.. problems.Select(problem => problem.Field)]);
    }
}
