using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Darkroom.Batches.Input;

/// <summary>
/// Walks through one large JSON object without holding it: fields that are wanted come whole, of an array that is wanted its elements come
/// one by one, and everything else passes by.
/// </summary>
internal sealed class JsonParts(Stream utf8, Func<string, JsonWish> wishes)
{
    /// <summary>A matrix of many prompts is the largest thing that has to be held at once.</summary>
    private const int Largest = 16 << 20;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;
    private JsonReaderState _state;
    private Mode _mode;
    private string _field = "";
    private int _depth;

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="UnreadableBodyException">It is not an object, or something in it is too large.</exception>
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

    // False: it needs more bytes. What was read is behind us either way.
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
                        "body", "Must be a JSON object with items[] or matrix{}. One object a line is application/x-ndjson.");
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
            // What stands behind it must be nothing: the reader says so.
            _mode = Mode.Rest;
            return true;
        }

        _field = reader.GetString()!;
        _depth = 0;
        _mode = wishes(_field) switch
        {
            JsonWish.Whole => Mode.Value,
            JsonWish.Elements => Mode.ArrayBegin,
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

/// <summary>What is wanted of a field.</summary>
internal enum JsonWish
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Its value.</summary>
    Whole,

    /// <summary>Its elements, one by one.</summary>
    Elements,
}

/// <summary>A value that was wanted.</summary>
internal readonly record struct JsonPart(string Field, JsonDocument Value);
