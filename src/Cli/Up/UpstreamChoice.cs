namespace Darkroom.Cli.Up;

/// <summary>The endpoint that the app calls. Pictures cost credits, so <c>up</c> always prints the choice.</summary>
internal sealed record UpstreamChoice
{
    private const string Usual = "https://api-inference.modelscope.cn/";

    /// <summary>Whether ModelScope is simulated on this machine. Then no token is used.</summary>
    public bool IsSimulated { get; private init; }

    /// <summary>The endpoint; null for the simulator, whose address is known only after its start.</summary>
    public string? BaseUrl { get; private init; }

    /// <summary>The token; null if none is found or none is needed.</summary>
    public FoundToken? Token { get; private init; }

    /// <summary>
    /// Decides in this order: the command line, the configured endpoint, ModelScope if there is a token, and otherwise the simulator.
    /// </summary>
    public static UpstreamChoice Of(UpOptions options, Configured configured, FoundToken? token)
    {
        var baseUrl = options.Upstream ?? configured["MODELSCOPE_INFER_BASE"] ?? (token is null ? null : Usual);
        return options.Simulator
            || baseUrl is null ? new UpstreamChoice { IsSimulated = true } : new UpstreamChoice { BaseUrl = baseUrl, Token = token };
    }

    /// <summary>The line for the user: which endpoint is used, and whether pictures cost credits.</summary>
    public string Announcement => IsSimulated
        ? UpWords.Simulated
        : IsModelScope
            ? UpWords.RealModelScope.With(BaseUrl, TokenText)
            : UpWords.OtherUpstream.With(BaseUrl, TokenText);

    private string TokenText => Token is { } token ? UpWords.TokenFrom.With(token.Place) : UpWords.NoToken;

    private bool IsModelScope => Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url)
        && url.Host.Split('.') is [.., "modelscope", "cn" or "ai"];
}
