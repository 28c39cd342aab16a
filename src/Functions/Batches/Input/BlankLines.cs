namespace Darkroom.Batches.Input;

/// <summary>Recognizes lines that contain only whitespace.</summary>
internal static class BlankLines
{
    public static bool Is(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
}
