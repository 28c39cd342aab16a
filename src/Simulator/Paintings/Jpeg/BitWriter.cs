namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>Packs codes of uneven length into bytes, and puts a zero after every 0xFF, which would else start a marker.</summary>
sealed class BitWriter(Stream destination)
{
    readonly byte[] buffer = new byte[16 * 1024];
    int length;
    ulong pending;
    int pendingBits;

    /// <summary>Appends the lowest <paramref name="count"/> bits, at most 32.</summary>
    public void Write(uint bits, int count)
    {
        pending = (pending << count) | bits;
        pendingBits += count;
        while (pendingBits >= 8)
        {
            pendingBits -= 8;
            WriteByte((byte)(pending >> pendingBits));
        }
    }

    /// <summary>Fills the last byte with ones, as the standard asks, and sends what is left.</summary>
    public void Finish()
    {
        if (pendingBits > 0)
            Write((1u << (8 - pendingBits)) - 1, 8 - pendingBits);
        Send();
    }

    void WriteByte(byte value)
    {
        if (length + 2 > buffer.Length)
            Send();
        buffer[length++] = value;
        if (value == 0xFF)
            buffer[length++] = 0;
    }

    void Send()
    {
        destination.Write(buffer, 0, length);
        length = 0;
    }
}
