namespace Darkroom.LocalHost.Client;

/// <summary>Lets one at a time decide over an id. Ids share a few hundred gates, so nothing has to be kept for each.</summary>
internal sealed class KeyedGate
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async Task<IDisposable> EnterAsync(string id, CancellationToken cancellation)
    {
        var gate = _gates[(uint)string.GetHashCode(id, StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync(cancellation);
        return new Pass(gate);
    }

    private sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
