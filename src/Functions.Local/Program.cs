using Darkroom;
using Darkroom.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<Mishaps>();
builder.UseMiddleware<PlainFailures>();
builder.AddDarkroom();
builder.Build().Run();
