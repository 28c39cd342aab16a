using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Description;
using Microsoft.Azure.WebJobs.Host.Config;

namespace Darkroom.LocalHost.Http;

/// <summary>Gives each extension the address /runtime/webhooks/NAME, and passes it the requests to that address.</summary>
#pragma warning disable CS0618 // marked as not for public use; the Durable extension needs it
internal sealed class ExtensionWebHooks(Func<Uri> address, AccessKey key) : IWebHookProvider
#pragma warning restore CS0618
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];
    private readonly ConcurrentDictionary<string, IAsyncConverter<HttpRequestMessage, HttpResponseMessage>> _extensions = new(
        StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public Uri GetUrl(IExtensionConfigProvider extension)
    {
        var type = extension.GetType();
        var name = (type.GetCustomAttribute<ExtensionAttribute>()?.ConfigurationSection ?? type.Name).ToLowerInvariant();
        if (extension is IAsyncConverter<HttpRequestMessage, HttpResponseMessage> handler)
            _extensions[name] = handler;
        return new Uri(address(), $"/runtime/webhooks/{name}{(key.Value is { } code ? $"?code={code}" : "")}");
    }

    /// <summary>The endpoint of all extensions.</summary>
    public Endpoint Endpoint(AccessKey accessKey) =>
        HttpServer.Endpoint("Extensions", "runtime/webhooks/{extension}/{**rest}", Methods, async http =>
    {
        if (!accessKey.Admits(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (http.Request.RouteValues["extension"] is not string name || !_extensions.TryGetValue(name, out var extension))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = ToMessage(http.Request);
        using var response = await extension.ConvertAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (header, values) in response.Headers.Concat(
                response.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
            http.Response.Headers[header] = values.ToArray();
        if (response.Content is not null)
            await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    });

    private static HttpRequestMessage ToMessage(HttpRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.GetEncodedUrl())
        {
            Content = new StreamContent(request.Body),
        };
        foreach (var (header, values) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header, (IEnumerable<string?>)values))
                message.Content.Headers.TryAddWithoutValidation(header, (IEnumerable<string?>)values);
        }

        return message;
    }
}
