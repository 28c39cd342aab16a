namespace Darkroom.ModelScope;

/// <summary>
/// Finds the token and the base address in the environment, under the names that ModelScope's documentation and related tools use. The
/// first
/// valid token is used; a placeholder counts as not set.
/// </summary>
public sealed record ModelScopeSettings
{
    /// <summary>The environment variables that may contain the token, in the order of precedence.</summary>
    public static IReadOnlyList<string> TokenNames { get; } = ["MODELSCOPE_API_TOKEN", "MODELSCOPE_API_KEY", "MODELSCOPE_SDK_TOKEN"];

    /// <summary>The environment variable that contains the base address.</summary>
    public const string BaseUrlName = "MODELSCOPE_INFER_BASE";

    /// <summary>The token; empty if none was found.</summary>
    public ApiToken Token { get; init; }

    /// <summary>The base address; null for the public endpoint.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Reads the environment.</summary>
    /// <param name="environment">Returns the value of an environment variable.</param>
    public static ModelScopeSettings Find(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new ModelScopeSettings
        {
            Token = TokenNames.Select(name => ApiToken.Clean(environment(name))).FirstOrDefault(token => !token.IsEmpty),
            BaseUrl = environment(BaseUrlName) is { Length: > 0 } baseUrl ? baseUrl : null,
        };
    }
}
