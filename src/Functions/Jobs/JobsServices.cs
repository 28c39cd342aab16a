using Darkroom.Gate;
using Darkroom.Jobs.Calls;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Jobs.Thumbnails;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Jobs;

/// <summary>The services of this room.</summary>
internal static class JobsServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobService>()
        .AddSingleton<JobStarter>()
        .AddSingleton<JobTickets>()
        .AddSingleton<JobReader>()
        .AddSingleton<JobIndex>()
        .AddSingleton<RequestStore>()
        .AddSingleton<ReuseIndex>()
        .AddSingleton<ReusedPictures>()
        .AddSingleton<TaskUsage>()
        .AddSingleton<CallLog>()
        .AddSubmit()
        .AddPoll();

    private static IServiceCollection AddSubmit(this IServiceCollection services) => services
        .AddSingleton<Ledger>()
        .AddSingleton<RetryingLedger>()
        .AddSingleton<SubmitBlock>()
        .AddSingleton<ISubmitStatus, SubmitStatus>()
        .AddSingleton<CancellationCheck>()
        .AddSingleton<SubmitClaims>()
        .AddSingleton<SubmitPost>();

    private static IServiceCollection AddPoll(this IServiceCollection services) => services
        .AddSingleton<PollSchedules>()
        .AddSingleton<TaskDurationStore>()
        .AddSingleton<TaskPictures>()
        .AddSingleton<PictureStore>()
        .AddSingleton<Sidecars>()
        .AddSingleton<ThumbnailStore>()
        .AddSingleton<PictureThumbnails>();
}
