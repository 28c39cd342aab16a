namespace Darkroom.Api.Images;

/// <summary>
/// Tells those who hold a connection open for a job when an activity of it has just run in this process. Then it is worth to look soon;
/// otherwise a look now and then finds what happened on other instances of the app.
/// </summary>
public sealed class JobSignals(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Follower>> _followers = new(StringComparer.Ordinal);

    /// <summary>Whether anybody follows anything.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_lock)
                return _followers.Count > 0;
        }
    }

    /// <summary>
    /// An activity of an instance has run; the instance goes a step further a moment later, and so does the job it is a task of.
    /// </summary>
    public void Ran(string instanceId)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        lock (_lock)
        {
            Wake(instanceId);
            if (instanceId.LastIndexOf('.') is var dot and > 0)
                Wake(instanceId[..dot]);
        }
    }

    private void Wake(string instanceId)
    {
        foreach (var follower in _followers.GetValueOrDefault(instanceId) ?? [])
            follower.Wake();
    }

    /// <summary>Follows an instance until it is disposed of.</summary>
    public Follower Follow(string instanceId)
    {
        var follower = new Follower(this, instanceId, time);
        lock (_lock)
        {
            if (!_followers.TryGetValue(instanceId, out var all))
                _followers[instanceId] = all = [];
            all.Add(follower);
        }

        return follower;
    }

    private void Leave(Follower follower)
    {
        lock (_lock)
        {
            if (_followers.TryGetValue(follower.InstanceId, out var all) && all.Remove(follower) && all.Count == 0)
                _followers.Remove(follower.InstanceId);
        }
    }

    /// <summary>One who follows an instance.</summary>
    public sealed class Follower(JobSignals steps, string instanceId, TimeProvider time) : IDisposable
    {
        // After an activity the outcome of the step that follows is looked for at these intervals: the engine stores it within a tenth of a
        // second, or two when there is much to do.
        private static readonly TimeSpan[] AfterStep = [
            .. new[] { 80, 40, 40, 80, 80, 160, 320, 640 }.Select(pause => TimeSpan.FromMilliseconds(pause))];
        private static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(2);

        private TaskCompletionSource _step = NewStep();
        private int _next = AfterStep.Length;

        /// <summary>Who is followed.</summary>
        public string InstanceId => instanceId;

        /// <summary>Waits until it is time for another look.</summary>
        public async Task NextLookAsync(CancellationToken cancellation)
        {
            if (_next == AfterStep.Length)
            {
                await _step.Task.WaitAsync(Otherwise, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfCancellationRequested();
                if (!_step.Task.IsCompleted)
                    return;
            }

            if (_step.Task.IsCompleted)
            {
                _step = NewStep();
                _next = 0;
            }

            await Task.Delay(AfterStep[_next++], time, cancellation);
        }

        /// <inheritdoc/>
        public void Dispose() => steps.Leave(this);

        internal void Wake() => _step.TrySetResult();

        private static TaskCompletionSource NewStep() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
