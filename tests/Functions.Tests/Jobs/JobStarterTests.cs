using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Jobs;

public sealed class JobStarterTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    [Fact]
    public async Task Start_AfterAnInterruptedStart_TakesItOverWithTheFullTime()
    {
        var starter = app.Services.GetRequiredService<JobStarter>();
        var (first, request) = app.NewJob("""{"prompt":"cut off","size":"64x64","expiresInSeconds":60}""");
        var id = first.JobId;
        // The first call wrote the ticket of the job, and was killed before it started the job.
        await app.Services.GetRequiredService<RequestStore>().DecideAsync(first, CancellationToken.None);
        await app.Hub.RunForAsync(TimeSpan.FromHours(1));

        var (ticket, isOrigin) = await starter.StartOnceAsync(
            app.Client, app.Services.GetRequiredService<JobTickets>().For(id, request, caller: null), request, CancellationToken.None);

        Assert.Equal((false, first.CreatedAt), (isOrigin, ticket.CreatedAt));
        var end = await app.EndOfAsync(id);
        Assert.Equal(JobStatus.Succeeded, end.Status);
        Assert.Equal(1, app.PostsOf("cut off"));
    }

    [Fact]
    public async Task Start_OtherRequestWithTheSameId_StartsNothing()
    {
        var starter = app.Services.GetRequiredService<JobStarter>();
        var ((winner, first), (loser, second)) = (app.NewPicture("one of two"), app.NewPicture("other of two"));
        var id = winner.JobId;
        Assert.True((await starter.StartOnceAsync(app.Client, winner, first, CancellationToken.None)).IsOrigin);

        var (ticket, isOrigin) = await starter.StartOnceAsync(app.Client, loser with { JobId = id }, second, CancellationToken.None);

        Assert.Equal((false, winner.RequestHash), (isOrigin, ticket.RequestHash));
        await app.EndOfAsync(id);
        Assert.Equal((1, 0), (app.PostsOf("one of two"), app.PostsOf("other of two")));
    }
}
