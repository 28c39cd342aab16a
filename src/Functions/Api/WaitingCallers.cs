using Darkroom.Settings;

namespace Darkroom.Api;

/// <summary>
/// Limits how many callers this instance keeps waiting at a time. For each of them the app reads the job repeatedly, and each read costs
/// money.
/// </summary>
public sealed class WaitingCallers(DarkroomSettings settings)
{
    private int _open;

    /// <summary>Takes a place; disposing it frees the place. Null when all places are taken.</summary>
    public IDisposable? TryOpen()
    {
        if (Interlocked.Increment(ref _open) <= settings.MaxWaitingCallers)
            return new Place(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Place(WaitingCallers answers) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
                Interlocked.Decrement(ref answers._open);
        }
    }
}
