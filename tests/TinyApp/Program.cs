using Darkroom.TinyApp;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A worker that dies before it has connected.
if (Environment.GetEnvironmentVariable("TINY_EXITS") is { Length: > 0 } words)
{
    await Console.Error.WriteLineAsync(words);
    return 3;
}

var builder = FunctionsApplication.CreateBuilder(args);
// HTTP in both ways that workers know: by its own server, or over the host's channel.
if (Environment.GetEnvironmentVariable("TINY_HTTP") != "channel")
    builder.ConfigureFunctionsWebApplication();
// A worker that dies after it has connected, and before its functions are loaded: as one whose HTTP port another program took. It has so
// many lives that fail, counted in a file.
if (Environment.GetEnvironmentVariable("TINY_FAILED_LIVES") is { Length: > 0 } lives && await FailedLives.TakeAsync(lives))
    builder.Services.AddHostedService<FailedLives>();
builder.Build().Run();
return 0;
