using System.Buffers;
using System.Text.Json;
using Darkroom.Batches.Input;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Batches;

/// <summary>Writes the pictures of one input line: all of them or none, and none that could not be read back.</summary>
internal sealed class ItemLines(long most = BatchLimits.MaxWrittenBytes)
{
    private readonly ArrayBufferWriter<byte> _lines = new(1024);
    private long _total;

    /// <summary>The lines of the last <see cref="Write"/>; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Written => _lines.WrittenMemory;

    /// <summary>Writes pictures. Returns the problem of a picture that cannot be written; otherwise null.</summary>
    /// <exception cref="UnreadableBodyException">All items together are too large.</exception>
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
                    $"Makes the item longer than the limit of {BatchLimits.LongestItemText}, defaults included. Shorten it; for a "
                        + "picture, send its address instead of its bytes.");
        }

        _total += _lines.WrittenCount;
        return _total > most ? throw UnreadableBodyException.TooLarge(BatchLimits.MaxWrittenText) : null;
    }

    private static string LongestField(JobRequest request)
    {
        using var json = JsonDocument.Parse(CanonicalRequest.Write(request));
        return json.RootElement.EnumerateObject().MaxBy(field => field.Value.GetRawText().Length).Name;
    }
}
