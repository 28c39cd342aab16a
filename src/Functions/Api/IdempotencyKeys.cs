using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>The header <c>Idempotency-Key</c>: requests with the same key start only one job or batch.</summary>
internal static class IdempotencyKeys
{
    /// <summary>Set on a response to a request whose key was used before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>The response to an invalid key.</summary>
    public static IResult Refusal => Problem.Invalid(Header, $"Must be 1 to {Longest} visible ASCII characters.");

    /// <summary>Reads the key; null when the header is missing. Returns false when the key is invalid.</summary>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values))
            return true;
        key = values.ToString();
        return values.Count == 1 && key.Length is > 0 and <= Longest && key.All(letter => letter is >= '!' and <= '~');
    }
}
