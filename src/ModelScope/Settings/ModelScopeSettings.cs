namespace Darkroom.ModelScope;

/// <summary>
/// Finds the token, the base address and the default model under the names that ModelScope's documents and the tools around it use.
/// </summary>
/// <remarks>
/// The order, first found wins:
/// <list type="number">
/// <item>the environment: <c>MODELSCOPE_API_TOKEN</c>, <c>MODELSCOPE_API_KEY</c>, <c>MODELSCOPE_SDK_TOKEN</c>;</item>
/// <item><c>config.json</c> in the working directory: <c>{"api_key": "ms-…"}</c>;</item>
/// <item> <c>.modelscope-image-gen/modelscope-image-gen.local.md </c> in the home directory: <c>api_key </c> and <c>default_model </c> in
/// its front matter.</item>
/// </list>
/// Files are read only where a directory is given: a server passes none. A value that is a placeholder counts as not set.
/// </remarks>
public sealed record ModelScopeSettings
{
    /// <summary>The names a token goes by in the environment, in their order.</summary>
    public static IReadOnlyList<string> TokenNames { get; } = ["MODELSCOPE_API_TOKEN", "MODELSCOPE_API_KEY", "MODELSCOPE_SDK_TOKEN"];

    /// <summary>The name of the base address in the environment.</summary>
    public const string BaseUrlName = "MODELSCOPE_INFER_BASE";

    /// <summary>The token; empty when there is none.</summary>
    public ApiToken Token { get; init; }

    /// <summary>Where the token was found, for people; never the token.</summary>
    public string? TokenFoundIn { get; init; }

    /// <summary>The base address; null for the public endpoint.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The default model from the front matter; null when there is none.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>Looks in all places.</summary>
    /// <param name="environment">Looks a name up in the environment.</param>
    /// <param name="workingDirectory">Where <c>config.json</c> may lie; null to read no file there.</param>
    /// <param name="homeDirectory">Where the front matter may lie; null to read no file there.</param>
    public static ModelScopeSettings Find(Func<string, string?> environment, string? workingDirectory = null, string? homeDirectory = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var frontMatter = homeDirectory is null
            ? null
            : FrontMatter.Read(Path.Combine(homeDirectory, ".modelscope-image-gen", "modelscope-image-gen.local.md"));
        var places = TokenNames.Select(name => (Place: name, Text: environment(name)))
            .Append(
                (
                    Place: "config.json",
                    Text: workingDirectory is null ? null : JsonConfig.ReadApiKey(Path.Combine(workingDirectory, "config.json"))))
            .Append((Place: "modelscope-image-gen.local.md", Text: frontMatter?.GetValueOrDefault("api_key")));
        var (foundIn, token) = places.Select(
            place => (place.Place, Token: ApiToken.Clean(place.Text))).FirstOrDefault(place => !place.Token.IsEmpty);

        return new ModelScopeSettings
        {
            Token = token,
            TokenFoundIn = foundIn,
            BaseUrl = environment(BaseUrlName) is { Length: > 0 } baseUrl ? baseUrl : null,
            DefaultModel = frontMatter?.GetValueOrDefault("default_model") is { Length: > 0 } model ? model : null,
        };
    }
}
