using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Darkroom;
using Darkroom.Api;
using Darkroom.Api.Images;
using Darkroom.Durable;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

LoopbackProxy.Avoid();
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ForeignOriginMiddleware>();
builder.UseMiddleware<HttpExceptionMiddleware>();
builder.UseMiddleware<ExceptionSanitizingMiddleware>();
builder.UseMiddleware<JobSignalMiddleware>();

// Application Insights takes no keys, only this identity. Without its connection string OTLP is all there is.
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection)
{
    var identity = new ManagedIdentityCredential(
        builder.Configuration["AZURE_CLIENT_ID"] is { Length: > 0 } id
            ? ManagedIdentityId.FromUserAssignedClientId(id)
            : ManagedIdentityId.SystemAssigned);
    builder.AddDarkroom(
        metrics => metrics.AddAzureMonitorMetricExporter(options => options.ConnectionString = connection, identity),
        traces => traces.AddAzureMonitorTraceExporter(options => options.ConnectionString = connection, identity));
}
else
{
    builder.AddDarkroom();
}

builder.Build().Run();
