using Microsoft.Azure.Functions.Worker.Builder;
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
builder.Build().Run();
return 0;
