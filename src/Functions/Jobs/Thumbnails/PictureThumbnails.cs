using Azure;
using Darkroom.Jobs.Poll;
using Darkroom.Storage;
using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>
/// Makes thumbnails: when a picture is saved, and again for a request if that did not happen. Only a few are made at once, because each
/// takes a core and up to <see cref="DecodePlan.MaxBytes"/> of memory.
/// </summary>
public sealed partial class PictureThumbnails(ThumbnailStore store, TimeProvider time, ILogger<PictureThumbnails> log) : IDisposable
{
    private const int MaxAtOnce = 2;

    // A job ends this much later in the worst case, if storage is slow or many pictures are saved at once.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    /// <summary>
    /// Makes the thumbnail of a picture that was just saved. A failure is only logged: the first request for the thumbnail makes it.
    /// </summary>
    public async Task TryMakeAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var limit = new CancellationTokenSource(LongestDelay, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _places.WaitAsync(either.Token);
            try
            {
                await MakeAsync(picture, either.Token);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception exception)
        {
            // Any failure is ignored, even of an unknown kind, because the picture is paid for and must not fail because of its thumbnail.
            var reason = exception.GetType().Name;
            LogNotMade(picture.Sha256, reason);
        }
    }

    /// <summary>Reads the thumbnail of a picture. If it is not made yet, this call makes it.</summary>
    /// <returns>Any answer but <see cref="ThumbnailAnswer.NotMade"/>.</returns>
    public async Task<ThumbnailAnswer> GetAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var stored = await store.ReadAsync(picture, cancellation);
        if (stored is not ThumbnailAnswer.NotMade)
            return stored;
        if (!await _places.WaitAsync(LongestWait, cancellation))
            return new ThumbnailAnswer.Busy();
        try
        {
            // Another request may have made it while this one waited.
            stored = await store.ReadAsync(picture, cancellation);
            if (stored is not ThumbnailAnswer.NotMade)
                return stored;
            var made = await MakeAsync(picture, cancellation);
            await store.DeleteIfOrphanAsync(picture, cancellation);
            return made;
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return new ThumbnailAnswer.PictureGone();
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task<ThumbnailAnswer> MakeAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ThumbnailAnswer made = new ThumbnailAnswer.None("The picture's file is too large for a thumbnail.");
        if (picture.Bytes < DecodePlan.MaxBytes)
        {
            using var bytes = await store.LoadPictureAsync(picture, cancellation);
            made = ThumbnailMaker.Make(bytes, cancellation);
        }

        if (made is ThumbnailAnswer.None none)
            LogNone(picture.Sha256, none.Reason);
        await store.WriteAsync(picture, made, cancellation);
        return made;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The picture {Sha256} has no thumbnail: {Reason}")]
    private partial void LogNone(string sha256, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The thumbnail of the picture {Sha256} was not made when the picture was saved ({Reason}). The first request makes it.")]
    private partial void LogNotMade(string sha256, string reason);
}
