using System.Text.RegularExpressions;

namespace Darkroom.Infra.Tests.Secrets;

/// <summary>The patterns of known kinds of secrets.</summary>
internal static partial class SecretShapes
{
    public static IReadOnlyList<(string Name, Regex Pattern)> All { get; } =
    [
        ("a ModelScope token", ModelScopeToken()), ("a storage key", StorageKey()), ("a shared access signature", Signature()),
        ("an instrumentation key", InstrumentationKey()), ("a webhook secret", WebhookSecret()), ("a JSON web token", WebToken()),
        ("a GitHub token", GitHubToken()), ("a private key", PrivateKey()), ("a long random text", RandomText()),
    ];

    [GeneratedRegex(
        @"\bms-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModelScopeToken();

    [GeneratedRegex("AccountKey=[A-Za-z0-9+/]{20,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StorageKey();

    [GeneratedRegex("[?&]sig=[A-Za-z0-9%+/]{20,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Signature();

    [GeneratedRegex("InstrumentationKey=[0-9a-f-]{36}", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InstrumentationKey();

    [GeneratedRegex("whsec_[A-Za-z0-9+/]{24,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WebhookSecret();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WebToken();

    [GeneratedRegex(
        @"\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GitHubToken();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrivateKey();

    // 30 or more bytes in base64. Upper case, lower case and digits must all occur, which excludes commit ids and words.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9+/=_-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/=_.-])",
            RegexOptions.None,
            matchTimeoutMilliseconds: 5000)]
    private static partial Regex RandomText();
}
