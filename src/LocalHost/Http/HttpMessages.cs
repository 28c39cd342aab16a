using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Worker;
using Darkroom.LocalHost.Worker.Protocol;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Darkroom.LocalHost.Http;

/// <summary>Converts requests and responses to worker messages, for workers without an HTTP server.</summary>
internal static class HttpMessages
{
    /// <summary>Converts a request with its body.</summary>
    public static async Task<TypedData> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var message = new RpcHttp
        {
            Method = request.Method,
            Url = $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}",
        };
        message.NullableHeaders.Add(
            request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => Text(header.Value.ToString())));
        message.NullableQuery.Add(request.Query.ToDictionary(parameter => parameter.Key, parameter => Text(parameter.Value.ToString())));
        foreach (var (key, value) in request.HttpContext.GetRouteData().Values)
            message.NullableParams[key] = Text(value?.ToString() ?? "");
        if (body.Length > 0)
            message.Body = new TypedData { Bytes = ByteString.CopyFrom(body.ToArray()) };
        return new TypedData { Http = message };
    }

    /// <summary>Finds the HTTP response in the result of a function; null if there is none.</summary>
    public static RpcHttp? Find(Function function, InvocationResponse response)
    {
        var output = function.Bindings.FirstOrDefault(
            binding => binding.IsOutput && string.Equals(binding.Type, "http", StringComparison.OrdinalIgnoreCase));
        return output is null || output.Name == "$return"
            ? response.ReturnValue?.Http
            : response.OutputData.FirstOrDefault(data => data.Name == output.Name)?.Data?.Http;
    }

    public static async Task WriteAsync(HttpResponse response, RpcHttp? message)
    {
        response.StatusCode = message is null
            ? StatusCodes.Status204NoContent
            : int.TryParse(message.StatusCode, out var code)
            ? code
            : StatusCodes.Status200OK;
        if (message is null)
            return;
        foreach (var (name, value) in message.Headers)
        {
            if (!string.Equals(name, "content-length", StringComparison.OrdinalIgnoreCase))
                response.Headers[name] = value;
        }

        foreach (var cookie in message.Cookies)
            response.Cookies.Append(cookie.Name, cookie.Value, Options(cookie));
        var body = TypedDataConversion.ToObject(message.Body) switch
        {
            byte[] bytes => bytes,
            null => [],
            var other => System.Text.Encoding.UTF8.GetBytes(other.ToString()!),
        };
        await response.Body.WriteAsync(body);
    }

    private static CookieOptions Options(RpcHttpCookie cookie) => new()
    {
        Domain = cookie.Domain?.Value,
        Path = cookie.Path?.Value ?? "/",
        Expires = cookie.Expires?.Value?.ToDateTimeOffset(),
        Secure = cookie.Secure?.Value ?? false,
        HttpOnly = cookie.HttpOnly?.Value ?? false,
        MaxAge = cookie.MaxAge is { } age ? TimeSpan.FromSeconds(age.Value) : null,
        SameSite = cookie.SameSite switch
        {
            RpcHttpCookie.Types.SameSite.Strict => SameSiteMode.Strict,
            RpcHttpCookie.Types.SameSite.Lax => SameSiteMode.Lax,
            RpcHttpCookie.Types.SameSite.ExplicitNone => SameSiteMode.None,
            _ => SameSiteMode.Unspecified,
        },
    };

    private static NullableString Text(string value) => new() { Value = value };
}
