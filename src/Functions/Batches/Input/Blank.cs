namespace Darkroom.Batches.Input;

/// <summary>Lines that say nothing.</summary>
internal static class Blank
{
    public static bool Is(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
}
