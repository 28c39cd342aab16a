namespace Darkroom.Simulator.Paintings.Png;

/// <summary>The PNG filter "Up": each row as its difference from the one above, which in a sky is next to nothing.</summary>
sealed class UpFilter(int rowLength)
{
    const byte Up = 2;

    byte[] row = new byte[rowLength];
    byte[] above = new byte[rowLength];
    readonly byte[] filtered = new byte[rowLength + 1];

    /// <summary>Where the next row is to be painted.</summary>
    public Span<byte> Row => row;

    /// <summary>The painted row as it goes into the file; valid until the next call.</summary>
    public ReadOnlySpan<byte> Filtered()
    {
        filtered[0] = Up;
        var differences = filtered.AsSpan(1);
        for (var i = 0; i < differences.Length; i++)
            differences[i] = (byte)(row[i] - above[i]);
        (row, above) = (above, row);
        return filtered;
    }
}
