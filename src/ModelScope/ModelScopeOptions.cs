using Darkroom.ModelScope.Pictures;

namespace Darkroom.ModelScope;

/// <summary>How to reach ModelScope, and what to accept from it.</summary>
public sealed record ModelScopeOptions
{
    /// <summary>The access token. Goes to <see cref="BaseUrl"/> and <see cref="BalanceUrl"/>, nowhere else.</summary>
    public ApiToken Token { get; init; }

    /// <summary>The API's base, with or without a slash or <c>/v1</c> at the end. The public .cn endpoint when empty.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Where the balance is asked. The account API of the same operator when empty.</summary>
    public string? BalanceUrl { get; init; }

    /// <summary>How long a submit may take before its outcome counts as unknown. 100 s.</summary>
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one try of a read may take. 30 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a read is tried in all, with growing, jittered pauses. 3.</summary>
    public int ReadTries { get; init; } = 3;

    /// <summary>The first pause between tries; each is about twice the one before. 250 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most bytes of an answer, which may carry pictures inline. 72 MiB, a 50 MiB picture in base64 and some.</summary>
    public int MaxAnswerBytes { get; init; } = 72 << 20;

    /// <summary>What may be fetched as a picture.</summary>
    public PictureRules Pictures { get; init; } = new();

    internal Uri ReadBaseUrl() =>
        Wire.BaseUrl.Read(BaseUrl, out var problem) ?? throw new FormatException($"ModelScope's base address {problem}.");

    internal Uri ReadBalanceUrl()
    {
        var baseUrl = ReadBaseUrl();
        if (string.IsNullOrWhiteSpace(BalanceUrl))
            return Wire.BaseUrl.BalanceFor(baseUrl);
        if (
            !Uri.TryCreate(BalanceUrl, UriKind.Absolute, out var url)
                || (url.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback)))
            throw new FormatException("The balance address must be https; http is for this machine only.");
        return url;
    }
}
