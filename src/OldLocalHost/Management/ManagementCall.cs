using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Management;

/// <summary>A call of the management API: what it asks, and the forms that answers take.</summary>
internal sealed class ManagementCall(HttpContext http)
{
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public HttpRequest Request => http.Request;

    public IHeaderDictionary AnswerHeaders => http.Response.Headers;

    public QueryReader Query { get; } = new(http.Request.Query);

    public DurableTaskClient Client => Service<DurableTaskClient>();

    public CancellationToken Aborted => http.RequestAborted;

    public string InstanceId => RouteValue("instanceId") ?? "";

    public T Service<T>()
        where T : notnull => http.RequestServices.GetRequiredService<T>();

    /// <summary>Routing leaves an encoded slash as it is; here it is one.</summary>
    public string? RouteValue(string name) => (http.Request.RouteValues[name] as string)?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The instance that the call is about; null when there is none, which has been answered then.</summary>
    public async Task<OrchestrationMetadata?> FindInstanceAsync(bool inputsAndOutputs = false)
    {
        var instance = await Client.GetInstanceAsync(InstanceId, inputsAndOutputs, Aborted);
        if (instance is null)
            await EmptyAsync(StatusCodes.Status404NotFound);
        return instance;
    }

    public Task EmptyAsync(int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>A sentence alone, which is a JSON string then.</summary>
    public Task TextAsync(int status, string text) => JsonAsync(status, json => json.WriteStringValue(text));

    public Task ErrorAsync(int status, string message, Exception? exception = null) => JsonAsync(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("Message", message);
        if (exception is not null)
        {
            json.WriteString("ExceptionMessage", exception.Message);
            json.WriteString("ExceptionType", exception.GetType().FullName);
            json.WriteString("StackTrace", exception.StackTrace);
        }

        json.WriteEndObject();
    });

    public async Task JsonAsync(int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, AsWritten))
            write(json);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.Body.WriteAsync(body.WrittenMemory, Aborted);
    }
}
