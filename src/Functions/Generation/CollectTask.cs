using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Tasks;
using Darkroom.Requests;
using Darkroom.Storage;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Darkroom.Generation;

/// <summary>
/// Looks at a task once. If it is done, every picture is copied into storage in the same breath, before any link can die; what is returned
/// are names and facts, never links.
/// </summary>
public sealed partial class CollectTask(
    ModelScopeClient upstream, PictureStore pictures, Sidecars sidecars, RequestStore requests, ReuseIndex reuse, Experience experience, TimeProvider time, ILogger<CollectTask> log)
{
    // A failed task without words fills them in on a second or third look.
    private const int MostReasonLooks = 2;
    private const int MostFreshLinks = 3;
    private const int LongestWord = 100;

    /// <summary>Looks, and saves what there is to save.</summary>
    [Function(nameof(CollectTask))]
    public async Task<CollectResult> RunAsync([ActivityTrigger] CollectOrder order, CancellationToken cancellation)
    {
        using var stretch = Trace.Start("collect", order.Ticket.Trace, order.Ticket.JobId, order.Ticket.Task);
        JobMetrics.Looked();
        try
        {
            var task = await upstream.GetTaskAsync(order.TaskId, cancellation);
            var seen = new CollectResult(CollectOutcome.Running)
            {
                RawStatus = Short(task.RawStatus),
                RequestId = Short(task.RequestId),
                TimeTakenMs = task.TimeTaken?.TotalMilliseconds,
                Seed = task.Input?.Seed,
            };
            return task.State switch
            {
                TaskState.Succeeded => await SaveAsync(order, task, seen, cancellation),
                TaskState.Failed => Failed(order, task, seen),
                TaskState.NotFound when !task.IsStillPending(time.GetUtcNow() - new DateTimeOffset(order.AcceptedAt, TimeSpan.Zero)) =>
                    seen with { Outcome = CollectOutcome.Failed, Error = JobErrors.TaskLost(order.TaskId) },
                _ => seen,
            };
        }
        catch (UnauthorizedException failure)
        {
            return new CollectResult(CollectOutcome.Rejected) { Error = JobErrors.Of(failure) };
        }
        catch (ModelScopeException failure)
        {
            // Trouble with looking says nothing of the task: patience, until the deadline.
            LogTrouble(order.Ticket.JobId, order.TaskId, failure.Message);
            JobMetrics.Failed(JobErrors.Of(failure).Name);
            return new CollectResult(CollectOutcome.Running);
        }
    }

    // These stand in the custom status, and upstream may say anything.
    private static string? Short(string? word) => word is null || word.Length <= LongestWord ? word : word[..LongestWord];

    private static CollectResult Failed(CollectOrder order, TaskSnapshot task, CollectResult seen) =>
        task.Reason?.HasWords != true && order.ReasonLooks < MostReasonLooks
            ? seen
            : seen with { Outcome = CollectOutcome.Failed, Error = JobErrors.UpstreamFailed(task.Reason, task.RawStatus) };

    private async Task<CollectResult> SaveAsync(CollectOrder order, TaskSnapshot task, CollectResult seen, CancellationToken cancellation)
    {
        if (order.Discard)
            return seen with { Outcome = CollectOutcome.Discarded };

        JobMetrics.Done(order.AcceptedAt, time.GetUtcNow().UtcDateTime, task.TimeTaken);
        var request = await requests.ReadAsync(order.Ticket, cancellation);
        var image = request.ImageOf(order.Ticket.Task);
        var kind = TaskKind.Of(image);
        if ((task.TimeTaken ?? time.GetUtcNow() - new DateTimeOffset(order.AcceptedAt, TimeSpan.Zero)) is var took && took > TimeSpan.Zero)
            await experience.SeeAsync(kind, took, cancellation);

        for (var links = 1; ; links++)
        {
            var saved = new List<SavedPicture>();
            try
            {
                await SaveAllAsync(order, request, task, saved, cancellation);
                return seen with { Outcome = CollectOutcome.Saved, Pictures = saved };
            }
            catch (PictureRejectedException failure)
            {
                return seen with { Outcome = CollectOutcome.Rejected, Error = JobErrors.Of(failure), Pictures = saved };
            }
            catch (PictureUnavailableException failure) when (links < MostFreshLinks)
            {
                // A link that died is no loss: the task has a fresh one for whoever asks.
                LogFreshLink(order.Ticket.JobId, order.TaskId, failure.Message);
                task = await upstream.GetTaskAsync(order.TaskId, cancellation);
            }
            catch (PictureUnavailableException failure)
            {
                return seen with { Outcome = CollectOutcome.PictureUnavailable, Error = JobErrors.Of(failure), Pictures = saved };
            }
        }
    }

    // One that cannot be had does not keep the others from being saved; it is told when they are.
    private async Task SaveAllAsync(CollectOrder order, JobRequest request, TaskSnapshot task, List<SavedPicture> saved, CancellationToken cancellation)
    {
        if (task.Pictures.Count == 0)
        {
            await using var result = await upstream.GetResultAsync(order.TaskId, cancellation);
            if (result.Picture is { } picture)
                saved.Add(await SaveOneAsync(order, request, task, picture, 0, cancellation));
            else
                await SaveEachAsync(result.Pictures);
        }
        else
        {
            await SaveEachAsync(task.Pictures);
        }

        async Task SaveEachAsync(IReadOnlyList<PictureSource> sources)
        {
            ModelScopeException? trouble = null;
            for (var number = 0; number < sources.Count; number++)
            {
                try
                {
                    await using var picture = await upstream.OpenPictureAsync(sources[number], cancellation);
                    saved.Add(await SaveOneAsync(order, request, task, picture, number, cancellation));
                }
                catch (ModelScopeException failure) when (failure is PictureRejectedException or PictureUnavailableException)
                {
                    // One that may come yet is worth another look; one that never will is not.
                    trouble = trouble is PictureUnavailableException ? trouble : failure;
                }
            }

            if (trouble is not null)
                throw trouble;
        }
    }

    private async Task<SavedPicture> SaveOneAsync(
        CollectOrder order, JobRequest request, TaskSnapshot task, ModelScope.Pictures.PictureStream picture, int number, CancellationToken cancellation)
    {
        var ticket = order.Ticket;
        // Picture m of task k has the number m × N + k, whatever the other tasks come to.
        var index = (number * ticket.Tasks) + ticket.Task;
        var name = FileNames.Of(ticket.JobId, new DateTimeOffset(ticket.CreatedAt, TimeSpan.Zero), request.Name ?? request.Image.Prompt, index);
        var saved = await pictures.SaveAsync(picture, name, index, cancellation);
        saved = saved with { Warnings = PictureWarnings.Of(request.ImageOf(ticket.Task), task.Input, saved) };
        if (ticket.Tasks == 1 && number == 0)
            await reuse.AddAsync(request.ImageOf(ticket.Task), ticket.Caller, ticket.JobId, cancellation);
        // Last, because it is the proof that all before it is there.
        await sidecars.WriteAsync(ticket, order, request, task, saved, time.GetUtcNow(), cancellation);
        JobMetrics.Saved();
        return saved;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId}: task {TaskId} could not be looked at: {Reason}")]
    private partial void LogTrouble(string jobId, string taskId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId}: a picture of task {TaskId} could not be fetched, a fresh link is asked for: {Reason}")]
    private partial void LogFreshLink(string jobId, string taskId, string reason);
}
