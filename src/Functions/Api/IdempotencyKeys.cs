using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>The key by which a caller makes sure that a request is carried out once.</summary>
internal static class IdempotencyKeys
{
    /// <summary>Set on an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>The answer to a key that can't be one.</summary>
    public static IResult Refusal => Problem.Invalid(Header, $"Must be 1 to {Longest} visible ASCII characters.");

    /// <summary>False when there is one that can't be one.</summary>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values))
            return true;
        key = values.ToString();
        return values.Count == 1 && key.Length is > 0 and <= Longest && key.All(letter => letter is >= '!' and <= '~');
    }
}
