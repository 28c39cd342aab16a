using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Darkroom.Batches.Input;

/// <summary>
/// Reads one large JSON object without holding all of it in memory. It returns a requested field as one value, or the elements of a
/// requested array one by one, and skips all other fields.
/// </summary>
internal sealed class JsonParts(Stream utf8, Func<string, JsonSelection> selects)
{
    /// <summary>The maximum size of one returned value. The largest one is usually a matrix of many prompts.</summary>
    private const int Largest = 16 << 20;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;
    private JsonReaderState _state;
    private Mode _mode;
    private string _field = "";
    private int _depth;

    /// <exception cref="JsonException">The stream is not valid JSON.</exception>
    /// <exception cref="UnreadableBodyException">The JSON is not an object, or a value in it is too large.</exception>
    public async IAsyncEnumerable<JsonPart> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (_mode != Mode.End)
        {
            if (Step(out var part))
            {
                if (part is { } found)
                    yield return found;
            }
            else
            {
                await FillAsync(cancellation);
            }
        }
    }

    // Returns false if more bytes are needed. The consumed bytes are released in both cases.
    private bool Step(out JsonPart? part)
    {
        part = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isEnd, _state);
        var went = Go(ref reader, out part);
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return went;
    }

    private bool Go(ref Utf8JsonReader reader, out JsonPart? part)
    {
        part = null;
        switch (_mode)
        {
            case Mode.Begin:
                if (!reader.Read())
                    return false;
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw new UnreadableBodyException(
                        "body",
                        "Must be one JSON object with items (an array) or matrix (an object). For one object per line, send "
                            + "application/x-ndjson.");
                _mode = Mode.Object;
                return true;
            case Mode.Object:
                return GoOnInObject(ref reader);
            case Mode.Value:
                return Capture(ref reader, Mode.Object, out part);
            case Mode.Elements:
                return Capture(ref reader, Mode.Elements, out part);
            case Mode.ArrayBegin:
                var probe = reader;
                if (!probe.Read())
                    return false;
                if (probe.TokenType != JsonTokenType.StartArray)
                    throw new UnreadableBodyException(_field, "Must be an array.");
                reader = probe;
                _mode = Mode.Elements;
                return true;
            default:
                return Skip(ref reader);
        }
    }

    private bool GoOnInObject(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            // Only whitespace may follow; otherwise the reader throws.
            _mode = Mode.Rest;
            return true;
        }

        _field = reader.GetString()!;
        _depth = 0;
        _mode = selects(_field) switch
        {
            JsonSelection.Whole => Mode.Value,
            JsonSelection.Elements => Mode.ArrayBegin,
            _ => Mode.Skip,
        };
        return true;
    }

    private bool Capture(ref Utf8JsonReader reader, Mode next, out JsonPart? part)
    {
        part = null;
        var probe = reader;
        if (!probe.Read())
            return false;
        if (_mode == Mode.Elements && probe.TokenType == JsonTokenType.EndArray)
        {
            reader = probe;
            _mode = Mode.Object;
            return true;
        }

        if (!JsonDocument.TryParseValue(ref probe, out var value))
            return false;
        reader = probe;
        _mode = next;
        part = new JsonPart(_field, value);
        return true;
    }

    private bool Skip(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            if (_mode == Mode.Rest && _isEnd)
                _mode = Mode.End;
            return _mode == Mode.End;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            _depth++;
        else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            _depth--;
        if (_depth == 0)
            _mode = Mode.Object;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= Largest)
                throw UnreadableBodyException.TooLarge($"16 MiB for one part of \"{_field}\"");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await utf8.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _isEnd = read == 0;
        _end += read;
    }

    private enum Mode
    {
        Begin,
        Object,
        Value,
        ArrayBegin,
        Elements,
        Skip,
        Rest,
        End,
    }
}

/// <summary>How <see cref="JsonParts"/> returns a field.</summary>
internal enum JsonSelection
{
    /// <summary>The field is skipped.</summary>
    Nothing,

    /// <summary>The field is returned as one value.</summary>
    Whole,

    /// <summary>The field is an array; its elements are returned one by one.</summary>
    Elements,
}

/// <summary>A requested value, or one element of a requested array.</summary>
internal readonly record struct JsonPart(string Field, JsonDocument Value);
