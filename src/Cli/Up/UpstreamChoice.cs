namespace Darkroom.Cli.Up;

/// <summary>Whom the app talks to. Pictures cost credits, so nothing is left to chance here, and it is said aloud.</summary>
internal sealed record UpstreamChoice
{
    private const string Usual = "https://api-inference.modelscope.cn/";

    /// <summary>Whether it is simulated on this machine: then no token plays a part.</summary>
    public bool IsSimulated { get; private init; }

    /// <summary>The endpoint; null for the simulated one, whose address is not known yet.</summary>
    public string? BaseUrl { get; private init; }

    /// <summary>The token, when one is to be used.</summary>
    public FoundToken? Token { get; private init; }

    /// <summary>
    /// What is asked for on the command line first, then what is configured; with a token and nothing else it is ModelScope itself, and
    /// without anything it is simulated.
    /// </summary>
    public static UpstreamChoice Of(UpOptions options, Configured configured, FoundToken? token)
    {
        var baseUrl = options.Upstream ?? configured["MODELSCOPE_INFER_BASE"] ?? (token is null ? null : Usual);
        return options.Simulator
            || baseUrl is null ? new UpstreamChoice { IsSimulated = true } : new UpstreamChoice { BaseUrl = baseUrl, Token = token };
    }

    /// <summary>The one sentence nobody may miss.</summary>
    public string Announcement => IsSimulated
        ? "Talking to a SIMULATED ModelScope: no token is used, no credits are spent."
        : IsModelScope
            ? $"Talking to the REAL ModelScope at {BaseUrl} with {TokenText}: pictures cost credits."
            : $"Talking to {BaseUrl} with {TokenText}: what pictures cost is up to whoever runs it.";

    private string TokenText => Token?.ToString() ?? "NO token (set MODELSCOPE_API_TOKEN)";

    private bool IsModelScope => Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url)
        && url.Host.Split('.') is [.., "modelscope", "cn" or "ai"];
}
