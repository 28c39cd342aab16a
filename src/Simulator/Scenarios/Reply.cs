namespace Darkroom.Simulator.Scenarios;

/// <summary>Writes the response to one HTTP request. The response may be incomplete or missing.</summary>
public delegate Task Reply(HttpContext context);

/// <summary>Responses that real services have sent.</summary>
public static class Replies
{
    /// <summary>A status with a JSON body.</summary>
    public static Reply Json(int status, string json, params (string Name, string Value)[] headers) =>
        Body(status, "application/json", json, headers);

    /// <summary>The error page of a gateway.</summary>
    public static Reply Html(int status) =>
        Body(
            status,
            "text/html",
            $"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center><hr><center>nginx</center></body></html>");

    /// <summary>The error envelope of ModelScope's own API.</summary>
    public static Reply Error(int status, string message, params (string Name, string Value)[] headers) =>
        context =>
            Json(status, $$"""{"errors":{"message":{{Quote(message)}}},"request_id":"{{context.TraceIdentifier}}"}""", headers)(context);

    /// <summary>A status with any body.</summary>
    public static Reply Body(int status, string contentType, string body, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    };

    /// <summary>Closes the connection without a response.</summary>
    public static Reply Cut() => context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Sends half of the body, then closes the connection.</summary>
    public static Reply Half(string body) => async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.WriteAsync(body[..(body.Length / 2)]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>Sends nothing until the caller closes the connection.</summary>
    public static Reply Silence() => async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    /// <summary>Sends one byte of the body, then nothing until the caller closes the connection.</summary>
    public static Reply Drip() => async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        await Silence()(context);
    };

    /// <summary>Sends a JSON string without an end until the caller closes the connection.</summary>
    public static Reply Flood() => async context =>
    {
        context.Response.ContentType = "application/json";
        var block = new string('x', 1 << 20);
        try
        {
            await context.Response.WriteAsync("{\"task_status\":\"");
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(block, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has closed the connection, which is the expected end.
        }
    };

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text, JsonForm.Readable);
}
