namespace Darkroom.Functions.Tests.Batches.Input;

/// <summary>A stream that returns its bytes in small random pieces, like a slow network.</summary>
internal sealed class Slow(byte[] bytes, int seed) : MemoryStream(bytes)
{
    private readonly Random _random = new(seed);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + _random.Next(7))], cancellationToken);
}
