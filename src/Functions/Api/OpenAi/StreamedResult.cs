using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// A response that is written in parts. If a part fails, the connection is aborted, because a response that ends early must not look
/// complete.
/// </summary>
internal abstract partial class StreamedResult : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        try
        {
            await WriteAsync(httpContext, httpContext.RequestAborted);
        }
        catch (Exception) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception exception)
        {
            var log = httpContext.RequestServices.GetRequiredService<ILogger<StreamedResult>>();
            var kind = StorageTrouble.Is(exception) ? StorageTrouble.Kind(exception) : "unexpected";
            LogFailure(log, GetType().Name, exception.GetType().Name, kind);
            httpContext.Abort();
        }
    }

    /// <summary>Writes the response.</summary>
    protected abstract Task WriteAsync(HttpContext http, CancellationToken aborted);

    // The exception itself is not logged: its message may contain addresses, and its stack trace shows internals.
    [LoggerMessage(Level = LogLevel.Error, Message = "The response {Name} failed: {Type} ({Kind}).")]
    private static partial void LogFailure(ILogger log, string name, string type, string kind);
}
