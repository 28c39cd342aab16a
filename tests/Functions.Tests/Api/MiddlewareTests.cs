using Azure;
using Darkroom.Api;
using Darkroom.Durable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Darkroom.Functions.Tests.Api;

/// <summary>How the middlewares handle unexpected exceptions: what is stored, and which response a caller gets.</summary>
public sealed class MiddlewareTests
{
    [Fact]
    public async Task ExceptionSanitizing_ActivityOrQueueTriggerFails_ThrowsOnlyADescription()
    {
        var failure = await Record.ExceptionAsync(
            () =>
                new ExceptionSanitizingMiddleware(NullLogger<ExceptionSanitizingMiddleware>.Instance).Invoke(
                    new StubFunctionContext("activityTrigger"), _ => throw NoAnswer()));
        Assert.Equal("A storage request failed (no answer).", Assert.IsType<SanitizedException>(failure).Message);
        Assert.Null(failure.StackTrace);
        Assert.Null(failure.InnerException);
        failure = await Record.ExceptionAsync(
            () =>
                new ExceptionSanitizingMiddleware(NullLogger<ExceptionSanitizingMiddleware>.Instance).Invoke(
                    new StubFunctionContext("queueTrigger"), _ => throw new FormatException("secret")));
        Assert.Equal("An unexpected error (FormatException).", failure!.Message);
    }

    [Theory]
    [InlineData("orchestrationTrigger")]
    [InlineData("httpTrigger")]
    public async Task ExceptionSanitizing_OrchestratorOrEndpointFails_RethrowsTheSameException(string trigger)
    {
        var thrown = NoAnswer();
        Assert.Same(
            thrown,
            await Record.ExceptionAsync(
                () =>
                    new ExceptionSanitizingMiddleware(NullLogger<ExceptionSanitizingMiddleware>.Instance).Invoke(
                        new StubFunctionContext(trigger), _ => throw thrown)));
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 500)]
    public async Task HttpException_EndpointFails_RespondsWithAProblem(bool isStorage, int status)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await new HttpExceptionMiddleware(NullLogger<HttpExceptionMiddleware>.Instance).Invoke(
            new StubFunctionContext("httpTrigger", http), _ => throw (isStorage ? NoAnswer() : new FormatException("secret")));
        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(isStorage, http.Response.Headers.RetryAfter.Count == 1);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Contains(isStorage ? "/docs/errors#not-ready" : "/docs/errors#internal", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpException_ClientHasDisconnected_IsNoFailure()
    {
        var http = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        await new HttpExceptionMiddleware(NullLogger<HttpExceptionMiddleware>.Instance).Invoke(
            new StubFunctionContext("httpTrigger", http), _ => throw new OperationCanceledException());
        await Assert.ThrowsAsync<FormatException>(
            () =>
                new HttpExceptionMiddleware(NullLogger<HttpExceptionMiddleware>.Instance).Invoke(
                    new StubFunctionContext("httpTrigger", http), _ => throw new FormatException()));
    }

    [Fact]
    public async Task HttpException_HostCancelsTheInvocation_RespondsWithNotReady()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        await new HttpExceptionMiddleware(NullLogger<HttpExceptionMiddleware>.Instance).Invoke(
            new StubFunctionContext("httpTrigger", http, isCanceled: true), _ => throw new OperationCanceledException());
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, http.Response.StatusCode);
    }

    // The exception of the SDK when none of its tries reached the service.
    private static AggregateException NoAnswer() => new(new RequestFailedException("Connection refused (10.0.0.1:10000)"));
}
