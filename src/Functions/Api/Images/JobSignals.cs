namespace Darkroom.Api.Images;

/// <summary>
/// Wakes callers that wait for a job, or for the gate, after an activity of it has run in this process: its state changes soon after.
/// Changes that other instances of the app make are found by a read every two seconds.
/// </summary>
public sealed class JobSignals(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Follower>> _followers = new(StringComparer.Ordinal);

    /// <summary>Whether any caller waits for a job.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_lock)
                return _followers.Count > 0;
        }
    }

    /// <summary>
    /// Reports that an activity of an instance has run. The orchestration makes its next step a moment later. If the instance runs one task
    /// of a job, the followers of the job wake too.
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

    /// <summary>Follows an instance until the result is disposed.</summary>
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

    /// <summary>Decides when a waiting caller reads an instance again.</summary>
    public sealed class Follower(JobSignals steps, string instanceId, TimeProvider time) : IDisposable
    {
        // The intervals between reads after an activity. The engine stores the next step within a tenth of a second, or within two seconds
        // under load.
        private static readonly TimeSpan[] AfterStep = [
            .. new[] { 80, 40, 40, 80, 80, 160, 320, 640 }.Select(pause => TimeSpan.FromMilliseconds(pause))];
        private static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(2);

        private TaskCompletionSource _step = NewStep();
        private int _next = AfterStep.Length;

        public string InstanceId => instanceId;

        /// <summary>Waits until the instance should be read again.</summary>
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
