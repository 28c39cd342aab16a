using System.Net.Sockets;

namespace Darkroom.LocalHost.Worker;

/// <summary>The port on which a worker serves HTTP. It opens a moment after the worker has said which it is.</summary>
internal static class WorkerPort
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until it is open, or the worker is gone. One that never opens it is told by the requests that fail.</summary>
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
