namespace Darkroom.ModelScope;

/// <summary>A ModelScope access token without surrounding quotes and prefixes. <see cref="ToString"/> never returns its value.</summary>
public readonly record struct ApiToken
{
    private readonly string? _value;

    private ApiToken(string value) => _value = value;

    /// <summary>Whether there is no token.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>
    /// Removes white space, quotes and a leading "Bearer " from <paramref name="text"/>. The result is empty for a placeholder such as
    /// "YOUR_API_KEY" or "&lt;MODELSCOPE_SDK_TOKEN&gt;", for a Key Vault reference that was not resolved, and for text that is not valid in
    /// an HTTP header.
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

    /// <summary>The value of the token, for the Authorization header.</summary>
    internal string Reveal() => _value ?? "";

    /// <summary>Replaces the token in <paramref name="text"/> with asterisks.</summary>
    internal string Hide(string text) => IsEmpty ? text : text.Replace(_value!, "***", StringComparison.Ordinal);

    /// <summary>Returns a placeholder, never the token.</summary>
    public override string ToString() => IsEmpty ? "(none)" : "***";

    private static bool IsPlaceholder(ReadOnlySpan<char> token) =>
        token.IsEmpty || token[0] == '<' || token.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase)
            || token.StartsWith("YOUR_", StringComparison.OrdinalIgnoreCase)
            || token.Contains("xxxxxxxx", StringComparison.OrdinalIgnoreCase);
}
