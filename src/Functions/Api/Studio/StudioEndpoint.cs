using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Darkroom.Api.Studio;

/// <summary>
/// <c>GET /studio</c>: the page for people. It needs no key: it contains nothing secret, and it sends the key of its user with each call of
/// the API.
/// </summary>
public sealed class StudioEndpoint(StudioFiles files)
{
    private const string OneYear = "public, max-age=31536000, immutable";

    // Nothing from other hosts, no script or style within the HTML, no HTML made from text. Pictures that need a key are blob: URLs.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    [Function("Studio")]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "studio/{*path}")] HttpRequest request, string? path)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (files.Find(path ?? "", request.Headers.AcceptEncoding.ToString()) is not { } file)
            return Problem.NotFound(files.AreBuilt ? "There is no such file." : "The page is not in this build. Build the app again.");

        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = file.IsHashed ? OneYear : "no-cache";
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        if (file.Encoding is { } encoding)
            headers.ContentEncoding = encoding;
        if (file.ContentType.StartsWith("text/html", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = Policy;
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        }

        return Results.File(file.Path, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Tag}\""));
    }
}
