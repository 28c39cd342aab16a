namespace Darkroom.Functions.Tests.Batches.Input;

/// <summary>A stream that gives its bytes in pieces of any size, as networks do.</summary>
internal sealed class Slow(byte[] bytes, int seed) : MemoryStream(bytes)
{
    private readonly Random _random = new(seed);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + _random.Next(7))], cancellationToken);
}
