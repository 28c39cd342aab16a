namespace Darkroom.Batches.Input;

/// <summary>Lines that say nothing.</summary>
internal static class BlankLines
{
    public static bool Is(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
}
