using Darkroom.Jobs.Poll;

namespace Darkroom.Jobs;

/// <summary>Keeps the pictures of a job from being purged while another job refers to them.</summary>
public sealed class ReusedPictures(ReuseIndex reuse, PictureStore pictures)
{
    /// <summary>Pins the pictures; false if the earlier job is being purged.</summary>
    public async Task<bool> TryKeepAsync(JobState reused, string jobId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reused);
        if (reused.ReusedFrom is not { } earlier)
            return true;
        if (!await reuse.TryPinAsync(earlier, jobId, cancellation))
            return false;
        foreach (var picture in reused.Pictures)
            await pictures.TouchAsync(picture, cancellation);
        return true;
    }
}
