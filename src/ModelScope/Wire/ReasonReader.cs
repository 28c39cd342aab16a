using System.Text;
using System.Text.Json;
using Darkroom.ModelScope.Failures;

namespace Darkroom.ModelScope.Wire;

/// <summary>Collects the code, the message and the request id of an error from all places where ModelScope may put them.</summary>
internal struct ReasonReader
{
    private string? _code;
    private string? _errors;
    private string? _error;
    private string? _message;
    private string? _errorMessage;
    private string? _detail;
    private bool _envelope;

    public string? RequestId { get; set; }

    /// <summary>Returns the collected reason. Documented places take precedence over the others.</summary>
    public readonly UpstreamReason? ToReason()
    {
        var words = FirstOf(_errors, _error, _message, _errorMessage, _detail);
        return words is null && _code is null && !_envelope ? null : new UpstreamReason(_code, words, RequestId, _envelope);
    }

    /// <summary>
    /// Reads the current property if it belongs to an error; the reader ends at the end of the value. Otherwise returns false.
    /// </summary>
    public bool TryTake(ref Utf8JsonReader reader)
    {
        if (reader.NameIs("errors"u8))
            _errors = Documented(ref reader) ?? _errors;
        else if (reader.NameIs("error"u8))
            _error = Documented(ref reader) ?? _error;
        else if (reader.NameIs("message"u8))
            _message = Words(ref reader) ?? _message;
        else if (reader.NameIs("error_message"u8) || reader.NameIs("error_msg"u8))
            _errorMessage = Words(ref reader) ?? _errorMessage;
        else if (reader.NameIs("detail"u8))
            _detail = Value(ref reader) ?? _detail;
        else if (reader.NameIs("code"u8))
            Code(Words(ref reader));
        else
            return false;

        return true;
    }

    // A code that was read before, such as the one of an error envelope, takes precedence.
    private void Code(string? code) => _code ??= code;

    // A documented envelope is an object with a message, in "errors" or "error". Any other error body may come from a gateway, which does
    // not know whether ModelScope accepted the request.
    private string? Documented(ref Utf8JsonReader reader)
    {
        var words = Value(ref reader, out var hasMessage);
        _envelope |= hasMessage;
        return words;
    }

    private string? Value(ref Utf8JsonReader reader) => Value(ref reader, out _);

    private string? Value(ref Utf8JsonReader reader, out bool hasMessage)
    {
        hasMessage = false;
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Envelope(ref reader, out hasMessage);
            case JsonTokenType.StartArray:
                return List(ref reader);
            default:
                return NullIfBlank(JsonText.Scalar(ref reader));
        }
    }

    private string? Envelope(ref Utf8JsonReader reader, out bool hasMessage)
    {
        string? words = null;
        hasMessage = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.NameIs("message"u8))
            {
                words = Words(ref reader) ?? words;
                // An empty message counts too: ModelScope may add the text later.
                hasMessage |= reader.TokenType == JsonTokenType.String;
            }
            else if (reader.NameIs("msg"u8))
            {
                words = Words(ref reader) ?? words;
            }
            else if (reader.NameIs("code"u8))
            {
                // The code 0 means that ModelScope has not set the code yet.
                _code = Words(ref reader) is { } code and not "0" ? code : _code;
            }
            else if (reader.NameIs("request_id"u8))
            {
                RequestId = Words(ref reader) ?? RequestId;
            }
            else
            {
                reader.Skip();
            }
        }

        return words;
    }

    // Validators return a list of problems. All of them are kept, because the caller must fix all of them.
    private string? List(ref Utf8JsonReader reader)
    {
        var all = new StringBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var words = reader.TokenType == JsonTokenType.StartObject
                ? Envelope(ref reader, out _)
                : NullIfBlank(JsonText.Scalar(ref reader));
            if (words is not null && all.Length < PublicText.Longest)
                all.Append(all.Length == 0 ? "" : "; ").Append(words);
        }

        return NullIfBlank(all.ToString());
    }

    private static string? Words(ref Utf8JsonReader reader)
    {
        reader.Read();
        return NullIfBlank(JsonText.Scalar(ref reader));
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? FirstOf(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is not null)
                return text;
        }

        return null;
    }
}
