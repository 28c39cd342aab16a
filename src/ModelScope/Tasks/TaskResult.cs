using Darkroom.ModelScope.Pictures;

namespace Darkroom.ModelScope.Tasks;

/// <summary>The answer of a task's result endpoint: places to fetch pictures from, or one picture already under way.</summary>
public sealed class TaskResult : IAsyncDisposable
{
    internal TaskResult(IReadOnlyList<PictureSource> pictures) => Pictures = pictures;

    internal TaskResult(PictureStream picture)
    {
        Pictures = [];
        Picture = picture;
    }

    /// <summary>Where the pictures are, when the answer was JSON.</summary>
    public IReadOnlyList<PictureSource> Pictures { get; }

    /// <summary>The picture itself, when the answer was its bytes.</summary>
    public PictureStream? Picture { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Picture?.DisposeAsync() ?? ValueTask.CompletedTask;
}
