using System.Net;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>An app whose storage is not there: it starts, says what is missing, and does nothing by half.</summary>
[Trait(Workshop.Needs, Workshop.OwnApp)]
public sealed class StorageAwayTests : Workshop
{
    // Nobody listens there.
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["AzureWebJobsStorage"] = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + "BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;",
    };

    [Fact]
    public async Task It_says_so_and_submits_nothing()
    {
        var prompt = NewPrompt("no storage");
        using var post = await SendAsync(HttpMethod.Post, "api/images", new { prompt, size = "64x64" });
        var problem = await ReadAsync(post, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("/docs/errors#not-ready", problem["type"]!.GetValue<string>());
        Assert.True(problem["retryable"]!.GetValue<bool>());
        Assert.NotNull(post.Headers.RetryAfter);

        using var ready = await Http.GetAsync("api/health/ready");
        var parts = (await ReadAsync(ready, HttpStatusCode.ServiceUnavailable))["parts"]!;
        Assert.StartsWith("not ", parts["storage"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("ok", parts["engine"]!.GetValue<string>());
        Assert.Contains("127.0.0.1:1", App!.Output, StringComparison.Ordinal);
        Assert.Equal(0, PostsOf(prompt));
    }
}
