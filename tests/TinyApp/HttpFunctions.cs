using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Darkroom.TinyApp;

/// <summary>HTTP functions: routes, headers, bodies, errors, and functions that never return.</summary>
public static class HttpFunctions
{
    /// <summary>Returns what the request contained.</summary>
    [Function("Echo")]
    public static async Task<HttpResponseData> EchoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "echo/{word}/{number:int?}")] HttpRequestData request,
        string word, int? number)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var answer = request.CreateResponse(HttpStatusCode.Accepted);
        answer.Headers.Add("X-Seen", request.Headers.TryGetValues("X-Sent", out var sent) ? string.Join(',', sent) : "none");
        await answer.WriteStringAsync($"{request.Method} {word} {number} {request.Query["q"]} {body.Length}");
        return answer;
    }

    /// <summary>Returns the body of the request.</summary>
    [Function("Mirror")]
    public static async Task<HttpResponseData> MirrorAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put")] HttpRequestData request)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Read the whole body first: an HTTP/1.1 client does not read the answer while it is still sending.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var answer = request.CreateResponse(HttpStatusCode.OK);
        answer.Headers.Add("Content-Type", "application/octet-stream");
        await answer.WriteBytesAsync(body.ToArray());
        return answer;
    }

    /// <summary>Has a route that contains a setting.</summary>
    [Function("Somewhere")]
    public static HttpResponseData Somewhere(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "%TINY_ROUTE%/here")] HttpRequestData request) =>
        Ok(request);

    /// <summary>Always fails, with a message that contains what the caller sent.</summary>
    [Function("Fails")]
    public static HttpResponseData Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request) =>
        throw new InvalidOperationException($"broken on purpose: {request?.Method} {request?.Query["text"]}");

    /// <summary>Ends the worker process.</summary>
    [Function("Dies")]
    public static HttpResponseData Dies([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request)
    {
        Console.Error.WriteLine("Dying on purpose.");
        Environment.Exit(7);
        return Ok(request);
    }

    /// <summary>Never returns.</summary>
    [Function("Hangs")]
    public static async Task<HttpResponseData> HangsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request)
    {
        await new TaskCompletionSource().Task;
        return Ok(request);
    }

    private static HttpResponseData Ok(HttpRequestData request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.CreateResponse(HttpStatusCode.OK);
    }
}
