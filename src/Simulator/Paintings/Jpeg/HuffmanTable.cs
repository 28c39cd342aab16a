namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>One of the Huffman tables that the standard gives as examples (Annex K) and that suit most pictures well enough.</summary>
sealed class HuffmanTable
{
    readonly byte[] lengthCounts;
    readonly byte[] symbols;
    readonly ushort[] codes = new ushort[256];
    readonly byte[] lengths = new byte[256];

    HuffmanTable(byte[] lengthCounts, byte[] symbols)
    {
        (this.lengthCounts, this.symbols) = (lengthCounts, symbols);
        var (code, next) = (0, 0);
        for (var length = 1; length <= 16; length++)
        {
            for (var i = 0; i < lengthCounts[length - 1]; i++)
            {
                var symbol = symbols[next++];
                codes[symbol] = (ushort)code++;
                lengths[symbol] = (byte)length;
            }

            code <<= 1;
        }
    }

    public static HuffmanTable LuminanceDc { get; } = new(
        [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    public static HuffmanTable ChrominanceDc { get; } = new(
        [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    public static HuffmanTable LuminanceAc { get; } = new(
        [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D],
        Convert.FromHexString(
            "0102030004110512213141061351610722711432" + "8191A1082342B1C11552D1F02433627282090A16" +
            "1718191A25262728292A3435363738393A434445" + "464748494A535455565758595A63646566676869" +
            "6A737475767778797A838485868788898A929394" + "95969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6" +
            "B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8" + "D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA"));

    public static HuffmanTable ChrominanceAc { get; } = new(
        [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
        Convert.FromHexString(
            "0001020311040521310612415107617113223281" + "08144291A1B1C109233352F0156272D10A162434" +
            "E125F11718191A262728292A35363738393A4344" + "45464748494A535455565758595A636465666768" +
            "696A737475767778797A82838485868788898A92" + "939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4" +
            "B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6" + "D7D8D9DAE2E3E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA"));

    /// <summary>How many codes there are of each length from 1 to 16, as the file says it.</summary>
    public ReadOnlySpan<byte> LengthCounts => lengthCounts;

    /// <summary>The symbols by the order of their codes, as the file says it.</summary>
    public ReadOnlySpan<byte> Symbols => symbols;

    public uint Code(int symbol) => codes[symbol];

    public int Length(int symbol) => lengths[symbol];
}
