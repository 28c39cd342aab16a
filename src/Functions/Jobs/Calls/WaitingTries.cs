namespace Darkroom.Jobs.Calls;

/// <summary>
/// The jobs for which clients wait on this worker. A job has several waiting clients when a retry overtakes its first try.
/// </summary>
internal sealed class WaitingTries
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _clients = new(StringComparer.Ordinal);

    /// <summary>The name of this worker.</summary>
    public string Worker { get; } = Requests.JobIds.New();

    public void Enter(string jobId)
    {
        lock (_lock)
            _clients[jobId] = _clients.GetValueOrDefault(jobId) + 1;
    }

    /// <summary>Removes a client; true if it was the last one of the job.</summary>
    public bool Leave(string jobId)
    {
        lock (_lock)
        {
            if (_clients.GetValueOrDefault(jobId) is var clients && clients > 1)
            {
                _clients[jobId] = clients - 1;
                return false;
            }

            _clients.Remove(jobId);
            return true;
        }
    }

    public WaitKnowledge Knows(CallTry one)
    {
        if (one.Worker != Worker)
            return WaitKnowledge.Unknown;
        lock (_lock)
            return _clients.ContainsKey(one.JobId) ? WaitKnowledge.Yes : WaitKnowledge.No;
    }
}
