using System.Buffers.Binary;

namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>
/// A baseline JPEG decoder from the specification, sharing nothing with the encoder: it takes every table from the file and
/// computes the cosine transform by its definition.
/// </summary>
sealed class JpegReader
{
    readonly int[][] quantisation = new int[4][];
    readonly Dictionary<(int Length, int Code), byte>[] huffman = new Dictionary<(int, int), byte>[32];
    readonly List<Component> components = [];
    readonly byte[] file;
    int at;
    int bitsLeft;
    int current;

    JpegReader(byte[] file) => this.file = file;

    public int Width { get; private set; }

    public int Height { get; private set; }

    public List<byte> Markers { get; } = [];

    public static (JpegReader Reader, Pixels Pixels) Read(byte[] file)
    {
        var reader = new JpegReader(file);
        reader.ReadSegments();
        reader.ReadScan();
        Assert.Equal([0xFF, 0xD9], file[reader.at..]);
        return (reader, reader.ToRgb());
    }

    void ReadSegments()
    {
        Assert.Equal([0xFF, 0xD8], file[..2]);
        at = 2;
        while (true)
        {
            Assert.Equal(0xFF, file[at]);
            var marker = file[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            var segment = file.AsSpan(at + 4, length - 2);
            Markers.Add(marker);
            at += 2 + length;
            switch (marker)
            {
                case 0xDB:
                    for (; !segment.IsEmpty; segment = segment[65..])
                        quantisation[segment[0]] = [.. segment[1..65].ToArray().Select(step => (int)step)];
                    break;
                case 0xC4:
                    ReadHuffman(segment);
                    break;
                case 0xC0:
                    ReadFrame(segment);
                    break;
                case 0xDA:
                    for (var i = 0; i < segment[0]; i++)
                        (components[i].DcTable, components[i].AcTable) = (segment[2 + 2 * i] >> 4, 16 + (segment[2 + 2 * i] & 15));
                    return;
            }
        }
    }

    void ReadHuffman(ReadOnlySpan<byte> segment)
    {
        var table = huffman[segment[0]] = [];
        var (code, next) = (0, 17);
        for (var length = 1; length <= 16; length++, code <<= 1)
        {
            for (var i = 0; i < segment[length]; i++)
                table[(length, code++)] = segment[next++];
        }

        Assert.Equal(segment.Length, next);
    }

    void ReadFrame(ReadOnlySpan<byte> segment)
    {
        Height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        Width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        for (var i = 0; i < segment[5]; i++)
        {
            var part = segment.Slice(6 + 3 * i, 3);
            components.Add(new Component { Across = part[1] >> 4, Down = part[1] & 15, Quantisation = part[2] });
        }
    }

    void ReadScan()
    {
        var (unitWidth, unitHeight) = (8 * components.Max(c => c.Across), 8 * components.Max(c => c.Down));
        var (unitsAcross, unitsDown) = ((Width + unitWidth - 1) / unitWidth, (Height + unitHeight - 1) / unitHeight);
        foreach (var component in components)
            component.Samples = new double[unitsDown * component.Down * 8, unitsAcross * component.Across * 8];

        for (var unit = 0; unit < unitsAcross * unitsDown; unit++)
        {
            foreach (var component in components)
            {
                for (var block = 0; block < component.Across * component.Down; block++)
                {
                    var x = (unit % unitsAcross * component.Across + block % component.Across) * 8;
                    var y = (unit / unitsAcross * component.Down + block / component.Across) * 8;
                    ReadBlock(component, x, y);
                }
            }
        }
    }

    void ReadBlock(Component component, int x, int y)
    {
        var steps = quantisation[component.Quantisation];
        var coefficients = new double[8, 8];
        component.Previous += ReadNumber(ReadSymbol(component.DcTable));
        coefficients[0, 0] = component.Previous * steps[0];
        for (var i = 1; i < 64; i++)
        {
            var symbol = ReadSymbol(component.AcTable);
            if (symbol == 0)
                break;
            i += symbol >> 4;
            var (row, column) = ZigZag[i];
            coefficients[row, column] = ReadNumber(symbol & 15) * steps[i];
        }

        CosineTransform.Inverse(coefficients, component.Samples, x, y);
    }

    byte ReadSymbol(int table)
    {
        var code = 0;
        for (var length = 1; length <= 16; length++)
        {
            code = (code << 1) | ReadBit();
            if (huffman[table].TryGetValue((length, code), out var symbol))
                return symbol;
        }

        throw new InvalidDataException("No such Huffman code.");
    }

    int ReadNumber(int size)
    {
        var bits = 0;
        for (var i = 0; i < size; i++)
            bits = (bits << 1) | ReadBit();
        return size > 0 && bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
    }

    int ReadBit()
    {
        if (bitsLeft == 0)
        {
            current = file[at++];
            if (current == 0xFF)
                Assert.Equal(0, file[at++]);
            bitsLeft = 8;
        }

        return (current >> --bitsLeft) & 1;
    }

    Pixels ToRgb()
    {
        var rgb = new byte[Width * Height * 3];
        for (var i = 0; i < Width * Height; i++)
        {
            var (x, y) = (i % Width, i / Width);
            var luminance = At(components[0], x, y);
            var (blueness, redness) = (At(components[1], x, y), At(components[2], x, y));
            rgb[3 * i] = Byte(luminance + 1.402 * redness);
            rgb[3 * i + 1] = Byte(luminance - 0.344136 * blueness - 0.714136 * redness);
            rgb[3 * i + 2] = Byte(luminance + 1.772 * blueness);
        }

        return new Pixels(Width, Height, rgb);
    }

    double At(Component component, int x, int y) =>
        component.Samples[y * component.Down / components[0].Down, x * component.Across / components[0].Across];

    static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value + 128), 0, 255);

    /// <summary>The diagonals of the block, walked up and down in turn.</summary>
    static readonly (int Row, int Column)[] ZigZag =
    [
        .. Enumerable.Range(0, 64)
            .Select(i => (Row: i / 8, Column: i % 8))
            .OrderBy(cell => cell.Row + cell.Column)
            .ThenBy(cell => (cell.Row + cell.Column) % 2 == 0 ? cell.Column : cell.Row),
    ];

    sealed class Component
    {
        public int Across { get; init; }

        public int Down { get; init; }

        public int Quantisation { get; init; }

        public int DcTable { get; set; }

        public int AcTable { get; set; }

        public int Previous { get; set; }

        public double[,] Samples { get; set; } = new double[0, 0];
    }
}
