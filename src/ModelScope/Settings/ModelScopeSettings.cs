namespace Darkroom.ModelScope;

/// <summary>
/// Finds the token, the base address and the default model under the names that ModelScope's documentation and related tools use.
/// </summary>
/// <remarks>
/// The places in their order; the first valid token is used:
/// <list type="number">
/// <item>the environment: <c>MODELSCOPE_API_TOKEN</c>, <c>MODELSCOPE_API_KEY</c>, <c>MODELSCOPE_SDK_TOKEN</c>;</item>
/// <item><c>config.json</c> in the working directory: <c>{"api_key": "ms-…"}</c>;</item>
/// <item><c>.modelscope-image-gen/modelscope-image-gen.local.md</c> in the home directory: <c>api_key</c> and <c>default_model</c> in its
/// front matter.</item>
/// </list>
/// A file is read only if its directory is given; a server passes no directory. A placeholder counts as not set.
/// </remarks>
public sealed record ModelScopeSettings
{
    /// <summary>The environment variables that may contain the token, in the order of precedence.</summary>
    public static IReadOnlyList<string> TokenNames { get; } = ["MODELSCOPE_API_TOKEN", "MODELSCOPE_API_KEY", "MODELSCOPE_SDK_TOKEN"];

    /// <summary>The environment variable that contains the base address.</summary>
    public const string BaseUrlName = "MODELSCOPE_INFER_BASE";

    /// <summary>The token; empty if none was found.</summary>
    public ApiToken Token { get; init; }

    /// <summary>The name of the place where the token was found, for display.</summary>
    public string? TokenFoundIn { get; init; }

    /// <summary>The base address; null for the public endpoint.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The default model from the front matter; null when there is none.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>Reads the environment and the files.</summary>
    /// <param name="environment">Returns the value of an environment variable.</param>
    /// <param name="workingDirectory">The directory of <c>config.json</c>; null to skip this file.</param>
    /// <param name="homeDirectory">The home directory with the front matter file; null to skip this file.</param>
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
