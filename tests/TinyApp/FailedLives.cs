using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Darkroom.TinyApp;

/// <summary>Ends the worker after it has connected to the host, like an HTTP server whose port is in use.</summary>
internal sealed class FailedLives : IHostedService
{
    /// <summary>Decrements the number of starts that must fail, which is in a file. Returns false if it is zero.</summary>
    public static async Task<bool> TakeAsync(string file)
    {
        var left = int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
        if (left > 0)
            await File.WriteAllTextAsync(file, (left - 1).ToString(CultureInfo.InvariantCulture));
        return left > 0;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Console.Error.WriteLine("The port is taken.");
        Environment.Exit(9);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
