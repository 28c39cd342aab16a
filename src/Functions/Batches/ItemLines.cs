using System.Buffers;
using System.Text.Json;
using Darkroom.Batches.Input;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Batches;

/// <summary>
/// The pictures of a line of the input as they are written down: all of them or none, and none that could not be read back.
/// </summary>
internal sealed class ItemLines(long most = BatchLimits.MostWrittenBytes)
{
    private readonly ArrayBufferWriter<byte> _lines = new(1024);
    private long _total;

    /// <summary>What was written last; valid until the next is.</summary>
    public ReadOnlyMemory<byte> Written => _lines.WrittenMemory;

    /// <summary>Writes pictures; gives what is wrong with them, and null when nothing is.</summary>
    /// <exception cref="UnreadableBodyException">With all before them they are too much.</exception>
    public FieldProblem? Write(IEnumerable<BatchItem> pictures)
    {
        _lines.ResetWrittenCount();
        foreach (var picture in pictures)
        {
            var before = _lines.WrittenCount;
            picture.WriteTo(_lines);
            if (_lines.WrittenCount - before > BatchLimits.LongestItem)
                return new FieldProblem(
                    LongestField(picture.Request),
                    $"Makes the item longer than {BatchLimits.LongestItemText}, defaults included, which is the most it may have. Make "
                        + "it shorter; of a picture give the address, not its bytes.");
        }

        _total += _lines.WrittenCount;
        return _total > most ? throw UnreadableBodyException.TooLarge(BatchLimits.MostWrittenText) : null;
    }

    private static string LongestField(JobRequest request)
    {
        using var json = JsonDocument.Parse(CanonicalRequest.Write(request));
        return json.RootElement.EnumerateObject().MaxBy(field => field.Value.GetRawText().Length).Name;
    }
}
