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
builder.AddDarkroom();
builder.Build().Run();
