using Darkroom.TinyApp;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// TINY_EXITS ends the worker before it connects to the host.
if (Environment.GetEnvironmentVariable("TINY_EXITS") is { Length: > 0 } words)
{
    await Console.Error.WriteLineAsync(words);
    return 3;
}

var builder = FunctionsApplication.CreateBuilder(args);
// Workers can serve HTTP in two ways: with their own server, or over the gRPC channel of the host.
if (Environment.GetEnvironmentVariable("TINY_HTTP") != "channel")
    builder.ConfigureFunctionsWebApplication();
// TINY_FAILED_LIVES ends the worker after it has connected and before its functions are loaded, like a worker whose HTTP port is in use.
// The file has the number of starts that must fail.
if (Environment.GetEnvironmentVariable("TINY_FAILED_LIVES") is { Length: > 0 } lives && await FailedLives.TakeAsync(lives))
    builder.Services.AddHostedService<FailedLives>();
builder.Build().Run();
return 0;
