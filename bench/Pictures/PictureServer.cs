using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Darkroom.Bench;

/// <summary>Serves one file from memory as fast as possible. It runs in this process, but does not allocate while it serves.</summary>
internal sealed class PictureServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;

    public PictureServer(byte[] picture)
    {
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {picture.Length}\r\n\r\n";
        _answer = [.. Encoding.ASCII.GetBytes(head), .. picture];
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public Uri Address => new($"http://{Authority}/picture.png");

    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose() => _listener.Stop();

    private void Serve()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                new Thread(() => Answer(socket)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // The listener was stopped.
        }
    }

    private void Answer(Socket socket)
    {
        using (socket)
        {
            var request = new byte[4096];
            try
            {
                // Our GET request fits into one segment.
                while (socket.Receive(request) > 0)
                    socket.Send(_answer);
            }
            catch (SocketException)
            {
                // The client has disconnected.
            }
        }
    }
}
