using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Darkroom.Settings;

/// <summary>
/// A secret that signs webhooks, in the form of Standard Webhooks: <c>whsec_</c> and the base64 of 24 to 64 bytes.
/// <see cref="ToString"/> never returns its value.
/// </summary>
public sealed partial class WebhookSecret : IEquatable<WebhookSecret>
{
    /// <summary>The form of a secret, in words.</summary>
    public const string Wanted = "whsec_ and the base64 of 24 to 64 random bytes";

    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;
    private const int MaxBytes = 64;

    private readonly string _text;
    private readonly byte[] _key;

    private WebhookSecret(string text, byte[] key) => (_text, _key) = (text, key);

    /// <summary>Reads a secret; null if the text is not one.</summary>
    public static WebhookSecret? TryRead(string? text)
    {
        if (text is null || !Form.IsMatch(text))
            return null;
        var key = Convert.FromBase64String(text[Prefix.Length..]);
        return key.Length is >= FewestBytes and <= MaxBytes ? new WebhookSecret(text, key) : null;
    }

    /// <summary>
    /// Reads a list of secrets that are separated by spaces or commas; null if one of them is not a secret. A Key Vault reference that was
    /// not resolved counts as no secret, so that it does not stop the start.
    /// </summary>
    public static IReadOnlyList<WebhookSecret>? ReadList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase))
            return [];
        var items = text.Split([' ', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        WebhookSecret[] secrets = [.. items.Select(TryRead).OfType<WebhookSecret>()];
        return secrets.Length == items.Length ? secrets : null;
    }

    /// <summary>The HMAC-SHA256 of a text.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => HMACSHA256.HashData(_key, text);

    /// <summary>The value, for the stored request only.</summary>
    internal string Reveal() => _text;

    /// <inheritdoc/>
    public bool Equals(WebhookSecret? other) => other?._text == _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WebhookSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns a placeholder, never the secret.</summary>
    public override string ToString() => "***";

    [GeneratedRegex(@"\Awhsec_([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form { get; }
}
