using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Darkroom.TinyApp;

/// <summary>Ends the worker once it has connected to the host, as an HTTP server that finds its port taken would.</summary>
internal sealed class FailedLives : IHostedService
{
    /// <summary>Takes one of the lives that fail from the count in a file; false when none is left.</summary>
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
