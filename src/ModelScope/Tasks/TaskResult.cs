using Darkroom.ModelScope.Pictures;

namespace Darkroom.ModelScope.Tasks;

/// <summary>The answer of the result endpoint: either the sources of the pictures, or one picture whose download has begun.</summary>
public sealed class TaskResult : IAsyncDisposable
{
    internal TaskResult(IReadOnlyList<PictureSource> pictures) => Pictures = pictures;

    internal TaskResult(PictureStream picture)
    {
        Pictures = [];
        Picture = picture;
    }

    /// <summary>The sources of the pictures if the answer was JSON; otherwise empty.</summary>
    public IReadOnlyList<PictureSource> Pictures { get; }

    /// <summary>The picture if the answer was its bytes; otherwise null.</summary>
    public PictureStream? Picture { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Picture?.DisposeAsync() ?? ValueTask.CompletedTask;
}
