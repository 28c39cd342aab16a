using System.Net.Sockets;

namespace Darkroom.LocalHost.Worker;

/// <summary>Waits for the HTTP port of a worker. The worker announces the port a moment before it opens it.</summary>
internal static class WorkerPort
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the port is open or the worker has ended, at most 10 s. If the port never opens, the requests fail.</summary>
    public static async Task OpenAsync(Uri address, WorkerChannel worker, TimeProvider time, CancellationToken cancellation)
    {
        for (var began = time.GetTimestamp(); !worker.IsClosed && time.GetElapsedTime(began) < Longest;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(BetweenTries, time, cancellation);
            }
        }
    }
}
