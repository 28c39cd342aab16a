using Darkroom.Generation;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Jobs over minutes and days.</summary>
public sealed class JobTimeTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    [Fact]
    public async Task Job_Succeeds_WithOnePostAndFewLooks()
    {
        var job = await app.StartPictureAsync("simple");
        var end = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Succeeded, end.Status);
        Assert.Single(end.Pictures);
        Assert.InRange(end.Polls, 1, 3);
        Assert.Equal(1, app.PostsOf("simple"));
    }
}
