using Darkroom.Settings;

namespace Darkroom.Api;

/// <summary>
/// How many callers this instance keeps waiting at a time. Each of them has the job looked at again and again, and all of that is paid for.
/// </summary>
public sealed class WaitingCallers(DarkroomSettings settings)
{
    private int _open;

    /// <summary>A place, to be given back; null when all are taken.</summary>
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
