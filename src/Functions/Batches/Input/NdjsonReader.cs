using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Darkroom.Batches.Input;

/// <summary>Reads one JSON object per line.</summary>
internal static class NdjsonReader
{
    public static async IAsyncEnumerable<RawItem> ReadAsync(Stream utf8, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = new LineSplitter(utf8);
        while (await lines.ReadAsync(cancellation))
        {
            if (lines.IsTooLong)
                yield return RawItem.TooLong(lines.Number);
            else if (!BlankLines.Is(lines.Line.Span))
                yield return Parse(lines.Number, lines.Line);
        }
    }

    private static RawItem Parse(int number, ReadOnlyMemory<byte> line)
    {
        try
        {
            return RawItem.Of(number, JsonDocument.Parse(line));
        }
        catch (JsonException exception)
        {
            return RawItem.Wrong(
                number,
                "body",
                $"Is not valid JSON at byte {exception.BytePositionInLine + 1} of the line. Each line must be one object, for example "
                    + $"{{\"prompt\":\"a golden cat\"}}.");
        }
    }
}
