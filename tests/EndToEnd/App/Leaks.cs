using System.Text.RegularExpressions;

namespace Darkroom.EndToEnd;

/// <summary>Finds what must never be visible to a user: the token, a link to the picture host, or a stack trace.</summary>
internal static partial class Leaks
{
    public const string Token = "ms-5f0c6b1e-secret-token";

    /// <summary>Describes the first leak in <paramref name="text"/>; null if there is none.</summary>
    public static string? Find(string text)
    {
        if (text.Contains(Token, StringComparison.Ordinal))
            return $"the token in: {Around(text, text.IndexOf(Token, StringComparison.Ordinal))}";
        if (PictureLink.Match(text) is { Success: true } link)
            return $"a link of the picture host in: {Around(text, link.Index)}";
        return StackTrace.Match(text) is { Success: true } trace ? $"a stack trace in: {Around(text, trace.Index)}" : null;
    }

    /// <summary>Checks a log. Stack frames of the engine and the host are allowed there, frames of the app are not.</summary>
    public static string? FindInLog(string text) => Find(HostFrame.Replace(text, ""));

    /// <summary>Fails with the whole text of <paramref name="found"/>, because Assert.Null would show only its beginning.</summary>
    public static void AssertNone(string? found)
    {
        if (found is not null)
            Assert.Fail(found);
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 300)];

    [GeneratedRegex(
        @"/img/[^\s""]+|[?&](Expires|Signature|OSSAccessKeyId|sig)=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PictureLink { get; }

    [GeneratedRegex(
        @"\bat (?!Darkroom\.(?!LocalHost\.))[A-Za-z_][^\s(]*\.[^\s(]+\([^)]*\)( in \S+:line \d+)?",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HostFrame { get; }

    [GeneratedRegex(@"\bat [A-Za-z_][\w`]*(\.[\w`<>]+)+\(|\.cs:line \d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StackTrace { get; }
}

/// <summary>Checks every answer for leaks before the test receives it.</summary>
internal sealed class LeakWatch() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var headers = $"{answer.Headers}{answer.Content.Headers}";
        Leaks.AssertNone(Leaks.Find(headers));
        // Pictures are binary, and event streams are checked by the tests that read them.
        if (answer.Content.Headers.ContentType?.MediaType is { } type && type.Contains("json", StringComparison.Ordinal))
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            Leaks.AssertNone(Leaks.Find(await answer.Content.ReadAsStringAsync(cancellationToken)));
        }

        return answer;
    }
}
