using Darkroom.Jobs.Poll;

namespace Darkroom.Jobs;

/// <summary>Keeps the pictures of a job from being purged while another job refers to them.</summary>
public sealed class ReusedPictures(ReuseIndex reuse, PictureStore pictures, TaskUsage usage)
{
    /// <summary>Pins the pictures that the job reuses, and counts them; false if the earlier job is being purged.</summary>
    public async Task<bool> TryKeepAsync(JobTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        if (ticket.Reused is not { ReusedFrom: { } earlier } reused)
            return true;
        if (!await reuse.TryPinAsync(earlier, ticket.JobId, cancellation))
            return false;
        await usage.ReusedAsync(ticket, reused.Pictures.Count, cancellation);
        foreach (var picture in reused.Pictures)
            await pictures.TouchAsync(picture, cancellation);
        return true;
    }
}
