using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Wire;

/// <summary>Reads the base address of the API, with or without a trailing slash or <c>/v1</c>.</summary>
internal static class BaseUrl
{
    public const string Default = "https://api-inference.modelscope.cn/";

    /// <summary>Returns the base address with a trailing slash, or null and the reason why it is invalid.</summary>
    public static Uri? Read(string? text, out string? problem)
    {
        problem = null;
        var trimmed = string.IsNullOrWhiteSpace(text) ? Default : text.Trim().Trim('"', '\'').TrimEnd('/');
        if (trimmed.EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[..^3];

        if (!Uri.TryCreate(trimmed.TrimEnd('/') + "/", UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")
                || url.Query.Length > 0 || HostRules.AsciiHost(url) is null)
            problem = "must be an https address such as https://api-inference.modelscope.cn/";
        else if (url.UserInfo.Length > 0)
            problem = "must not contain a user name or password";
        else if (url.Scheme == "http" && !url.IsLoopback)
            problem = "must be https, because http does not encrypt the token; http is allowed only for 127.0.0.1 and localhost";

        return problem is null ? url : null;
    }

    /// <summary>
    /// Returns the default address of the balance API. It belongs to the same operator, so that the token is never sent to another one.
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
