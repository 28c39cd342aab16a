using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Darkroom.TestKit;

/// <summary>A server that sends exactly the given bytes, for answers that no web server produces.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Func<NetworkStream, string, CancellationToken, Task> _answer;
    private readonly Task _accepting;
    private int _requests;

    /// <summary>Starts listening; <paramref name="answer"/> gets the connection and the request as text.</summary>
    public RawServer(Func<NetworkStream, string, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public RawServer(string answer)
        : this(Encoding.Latin1.GetBytes(answer))
    {
    }

    public RawServer(byte[] answer)
        : this(async (connection, _, stop) => await connection.WriteAsync(answer, stop))
    {
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public string Authority => new Uri(Url).Authority;

    /// <summary>The number of complete requests so far.</summary>
    public int Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopped.Token)));
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var connection = client.GetStream();
                var request = await ReadRequestAsync(connection);
                Interlocked.Increment(ref _requests);
                await _answer(connection, request, _stopped.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The client has disconnected, or the test has ended.
            }
        }
    }

    // Supports only the HTTP that our clients send: headers, and a body with a Content-Length.
    private async Task<string> ReadRequestAsync(NetworkStream connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (true)
        {
            var read = await connection.ReadAsync(buffer, _stopped.Token);
            if (read == 0)
                throw new IOException("The connection closed in the middle of a request.");
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && request.Length >= end + 4 + ContentLength(request[..end]))
                return request;
        }
    }

    private static int ContentLength(string headers)
    {
        const string name = "content-length:";
        var line = headers.Split("\r\n").FirstOrDefault(header => header.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[name.Length..]);
    }
}
