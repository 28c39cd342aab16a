using Darkroom.Jobs.Thumbnails;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Tasks;
using Darkroom.Requests;
using Darkroom.Telemetry;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// Copies the pictures of a finished task into storage, and finds pictures that an earlier run copied. The pictures are paid for, so they
/// are saved even if the request can no longer be read (null). The facts from the request are then missing.
/// </summary>
public sealed class TaskPictures(
    ModelScopeClient upstream, PictureStore pictures, Sidecars sidecars, PictureThumbnails thumbnails, ReuseIndex reuse)
{
    /// <summary>
    /// Saves every picture. A picture that cannot be fetched does not stop the others; its failure is returned with them.
    /// </summary>
    public async Task<(IReadOnlyList<SavedPicture> Saved, ModelScopeException? Trouble)> SaveAsync(
        PollOrder order, JobRequest? request, TaskSnapshot task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(task);
        var sources = task.Pictures;
        if (sources.Count == 0)
        {
            try
            {
                await using var result = await upstream.GetResultAsync(order.TaskId, cancellation);
                if (result.Picture is { } picture)
                    return ([await SaveOneAsync(order, request, task, picture, number: 0, of: 1, cancellation)], null);
                sources = result.Pictures;
            }
            catch (ModelScopeException failure) when (IsOfOnePicture(failure))
            {
                return ([], failure);
            }
        }

        return await SaveEachAsync(order, request, task, sources, cancellation);
    }

    /// <summary>
    /// Finds the pictures of the task that are in storage, writes missing sidecars, and returns whether these are all its pictures.
    /// </summary>
    public async Task<(IReadOnlyList<SavedPicture> Saved, bool AreAll)> FindSavedAsync(
        PollOrder order, JobRequest? request, TaskSnapshot task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(task);
        var ticket = order.Ticket;
        var made = (await pictures.ListAsync(FileNames.FolderOf(ticket.JobId, ticket.CreatedAt), cancellation))
            .Where(one => one.Origin.TaskId == order.TaskId)
            .OrderBy(one => one.Picture.Index)
            .ToArray();
        var saved = new List<SavedPicture>();
        foreach (var (picture, _) in made)
            saved.Add(await CompleteAsync(order, request, task, picture, cancellation));
        return (saved, made.Length > 0 && made.Length == made[0].Origin.Of);
    }

    private async Task<(IReadOnlyList<SavedPicture> Saved, ModelScopeException? Trouble)> SaveEachAsync(
        PollOrder order, JobRequest? request, TaskSnapshot task, IReadOnlyList<PictureSource> sources, CancellationToken cancellation)
    {
        var saved = new List<SavedPicture>();
        ModelScopeException? trouble = null;
        for (var number = 0; number < sources.Count; number++)
        {
            try
            {
                await using var picture = await upstream.OpenPictureAsync(sources[number], cancellation);
                saved.Add(await SaveOneAsync(order, request, task, picture, number, sources.Count, cancellation));
            }
            catch (ModelScopeException failure) when (IsOfOnePicture(failure))
            {
                // Prefer an unavailable picture: another look may still get it. A rejected picture stays rejected.
                trouble = trouble is PictureUnavailableException ? trouble : failure;
            }
        }

        return (saved, trouble);
    }

    private static bool IsOfOnePicture(ModelScopeException failure) => failure is PictureRejectedException or PictureUnavailableException;

    private async Task<SavedPicture> SaveOneAsync(
        PollOrder order, JobRequest? request, TaskSnapshot task, PictureStream picture, int number, int of, CancellationToken cancellation)
    {
        var ticket = order.Ticket;
        // Picture m of task k has the number m × N + k. The number does not depend on the results of the other tasks.
        var index = (number * ticket.Tasks) + ticket.Task;
        var saved = await pictures.SaveAsync(
            picture, await NameAsync(order, request, index, cancellation), index, new PictureOrigin(order.TaskId, of), cancellation);
        // The thumbnail is made while the other blobs are written, so it delays the job only by what it takes longer than they do.
        var thumbnail = thumbnails.TryMakeAsync(saved, cancellation);
        if (request is not null && ticket.Tasks == 1 && number == 0)
            await reuse.AddAsync(request.ImageOf(ticket.Task), ticket.Caller, ticket.JobId, cancellation);
        saved = await CompleteAsync(order, request, task, saved, cancellation);
        await thumbnail;
        JobMetrics.Saved();
        return saved;
    }

    // The sidecar is written last: its existence proves that everything before it is complete, except the thumbnail.
    private async Task<SavedPicture> CompleteAsync(
        PollOrder order, JobRequest? request, TaskSnapshot task, SavedPicture picture, CancellationToken cancellation)
    {
        if (request is not null)
            picture = picture with { Warnings = PictureWarnings.Of(request.ImageOf(order.Ticket.Task), task.Input, picture) };
        await sidecars.WriteAsync(order.Ticket, order, request, task, picture, cancellation);
        return picture;
    }

    // Only after a resubmit can a picture of another task have the usual name. That picture is paid for too and is not overwritten.
    private async Task<string> NameAsync(PollOrder order, JobRequest? request, int index, CancellationToken cancellation)
    {
        var ticket = order.Ticket;
        var usual = FileNames.Of(
            ticket.JobId, new DateTimeOffset(ticket.CreatedAt, TimeSpan.Zero), request?.Name ?? request?.Image.Prompt ?? "", index);
        if (ticket.Attempt == 1)
            return usual;
        var there = (await pictures.ListAsync(FileNames.FolderOf(ticket.JobId, ticket.CreatedAt), cancellation))
            .Where(one => one.Picture.Index == index)
            .ToArray();
        if (there.FirstOrDefault(one => one.Origin.TaskId == order.TaskId) is { Picture: { } mine })
            return Path.ChangeExtension(mine.Blob, null);
        return there.Length == 0 ? usual : $"{usual}-attempt-{ticket.Attempt}";
    }
}
