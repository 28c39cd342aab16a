namespace Darkroom.ModelScope;

/// <summary>A ModelScope access token, cleaned of what people paste around it. It never shows itself.</summary>
public readonly record struct ApiToken
{
    private readonly string? _value;

    private ApiToken(string value) => _value = value;

    /// <summary>Whether there is no token.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>
    /// Cleans <paramref name="text"/>: white space, quotes and a leading "Bearer " go. A placeholder from somebody's documentation
    /// ("YOUR_API_KEY", "&lt;MODELSCOPE_SDK_TOKEN&gt;"), or a reference to a vault that was not resolved, is no token, and neither is text
    /// that cannot stand in a header.
    /// </summary>
    public static ApiToken Clean(string? text)
    {
        var token = text.AsSpan();
        int before;
        do
        {
            before = token.Length;
            token = token.Trim().Trim("\"'`");
            if (token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
                token = token["Bearer ".Length..];
        }
        while (token.Length != before);

        return IsPlaceholder(token) || token.ContainsAnyExceptInRange('!', '~') ? default : new ApiToken(token.ToString());
    }

    /// <summary>The token itself, for the header that goes to ModelScope.</summary>
    internal string Reveal() => _value ?? "";

    /// <summary>Takes the token out of a text that may repeat it.</summary>
    internal string Hide(string text) => IsEmpty ? text : text.Replace(_value!, "***", StringComparison.Ordinal);

    /// <summary>Never the token.</summary>
    public override string ToString() => IsEmpty ? "(none)" : "***";

    private static bool IsPlaceholder(ReadOnlySpan<char> token) =>
        token.IsEmpty || token[0] == '<' || token.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase)
            || token.StartsWith("YOUR_", StringComparison.OrdinalIgnoreCase)
            || token.Contains("xxxxxxxx", StringComparison.OrdinalIgnoreCase);
}
