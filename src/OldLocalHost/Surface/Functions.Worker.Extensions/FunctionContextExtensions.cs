using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The way from an invocation to its HTTP request.</summary>
public static class FunctionContextExtensions
{
    // The key under which the worker keeps the request in the invocation's items.
    internal const string HttpContextKey = "HttpRequestContext";

    /// <summary>The request, or null if the function was not called by HTTP.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(HttpContextKey, out var request) ? request as HttpContext : null;
    }
}
