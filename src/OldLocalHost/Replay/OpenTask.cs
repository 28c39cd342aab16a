using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Replay;

/// <summary>Something the orchestrator's code waits for, whatever its type.</summary>
internal abstract class OpenTask
{
    public abstract void Succeed(string? result);

    public abstract void Fail(Exception exception);

    public abstract void Cancel();
}

/// <inheritdoc/>
internal sealed class OpenTask<T>(DataConverter converter) : OpenTask
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Succeed(string? result)
    {
        T value;
        try
        {
            value = result is null ? default! : converter.Deserialize<T>(result)!;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or NotSupportedException or InvalidOperationException)
        {
            // The code asked for another type than it gets: that is its failure, where it waits.
            _source.TrySetException(exception);
            return;
        }

        _source.TrySetResult(value);
    }

    public override void Fail(Exception exception) => _source.TrySetException(exception);

    public override void Cancel() => _source.TrySetCanceled();
}
