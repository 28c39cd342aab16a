using Darkroom.ModelScope.Pictures;

namespace Darkroom.ModelScope;

/// <summary>Settings of <see cref="ModelScopeClient"/>: addresses, time-outs and limits.</summary>
public sealed record ModelScopeOptions
{
    /// <summary>The access token. It is sent only to <see cref="BaseUrl"/> and <see cref="BalanceUrl"/>.</summary>
    public ApiToken Token { get; init; }

    /// <summary>
    /// The base address of the API, with or without a trailing slash or <c>/v1</c>. If empty, the public .cn endpoint is used.
    /// </summary>
    public string? BaseUrl { get; init; }

    /// <summary>The address of the balance API. If empty, the account API of the same operator is used.</summary>
    public string? BalanceUrl { get; init; }

    /// <summary>How long a submit may take before its outcome counts as unknown. The default is 100 s.</summary>
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one attempt at a read may take. The default is 30 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The maximum number of attempts at a read, the first one included. The pauses between them grow exponentially and have jitter. A
    /// submit uses the same number as long as no byte of its body was sent. The default is 3.
    /// </summary>
    public int ReadTries { get; init; } = 3;

    /// <summary>The pause before the second attempt; each later pause is about twice as long. The default is 250 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The maximum size of an answer in bytes. An answer may contain pictures as base64, so the default is 72 MiB: a picture of 50 MiB in
    /// base64 plus a reserve.
    /// </summary>
    public int MaxAnswerBytes { get; init; } = 72 << 20;

    /// <summary>Limits and allowed hosts for picture downloads.</summary>
    public PictureRules Pictures { get; init; } = new();

    internal Uri ReadBaseUrl() =>
        Wire.BaseUrl.Read(BaseUrl, out var problem) ?? throw new FormatException($"ModelScope's base address {problem}.");

    internal Uri ReadBalanceUrl()
    {
        var baseUrl = ReadBaseUrl();
        if (string.IsNullOrWhiteSpace(BalanceUrl))
            return Wire.BaseUrl.BalanceFor(baseUrl);
        if (!Uri.TryCreate(BalanceUrl, UriKind.Absolute, out var url)
                || (url.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback)))
            throw new FormatException("The balance address must be https; http is allowed only for 127.0.0.1 and localhost.");
        return url;
    }
}
