using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Darkroom.Api.Reference;

/// <summary>The documentation that the app itself serves.</summary>
public static class ReferenceEndpoints
{
    private const string OneHour = "public, max-age=3600";

    // The page contains no script and loads nothing.
    private const string NothingLoads = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary><c>GET /api/openapi.json</c>: the OpenAPI description of every call.</summary>
    [Function("OpenApi")]
    public static IResult OpenApi(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/openapi.json")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.HttpContext.Response.Headers.CacheControl = OneHour;
        var tag = new EntityTagHeaderValue(OpenApiDocument.Tag);
        return Results.Bytes(OpenApiDocument.Json, "application/json; charset=utf-8", entityTag: tag);
    }

    /// <summary><c>GET /docs/errors</c>: what the <c>type</c> of every error points to.</summary>
    [Function("ErrorsPage")]
    public static IResult Errors([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/errors")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = OneHour;
        headers.ContentSecurityPolicy = NothingLoads;
        headers.XContentTypeOptions = "nosniff";
        return Results.Text(ErrorsPage.Html, "text/html; charset=utf-8");
    }
}
