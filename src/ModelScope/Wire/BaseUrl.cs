namespace Darkroom.ModelScope.Wire;

/// <summary>The API's base address in the forms people write it: with or without a slash or <c>/v1</c> at the end.</summary>
internal static class BaseUrl
{
    public const string Default = "https://api-inference.modelscope.cn/";

    /// <summary>The address that every path is put behind, ending in a slash; or null with the reason.</summary>
    public static Uri? Read(string? text, out string? problem)
    {
        problem = null;
        var trimmed = string.IsNullOrWhiteSpace(text) ? Default : text.Trim().Trim('"', '\'').TrimEnd('/');
        if (trimmed.EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[..^3];

        if (
            !Uri.TryCreate(trimmed.TrimEnd('/') + "/", UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")
                || url.Query.Length > 0)
            problem = "must be an https address such as https://api-inference.modelscope.cn/";
        else if (url.UserInfo.Length > 0)
            problem = "must not carry a user name or password";
        else if (url.Scheme == "http" && !url.IsLoopback)
            problem = "must be https, because the token would travel readable; http is for this machine only (127.0.0.1, localhost)";

        return problem is null ? url : null;
    }

    /// <summary>
    /// Where the balance is asked when nobody says: the same operator's account API, so that the token never meets a second one.
    /// </summary>
    public static Uri BalanceFor(Uri baseUrl)
    {
        const string path = "openapi/v1/magicubes/balance";
        return baseUrl.Host switch
        {
            "api-inference.modelscope.cn" => new Uri("https://modelscope.cn/" + path),
            "api-inference.modelscope.ai" => new Uri("https://modelscope.ai/" + path),
            _ => new Uri(baseUrl, path),
        };
    }
}
