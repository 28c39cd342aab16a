using System.Net;

namespace Darkroom.ModelScope.Wire;

/// <summary>Creates the two HTTP clients. They follow no redirects, store no cookies and have no time-out of their own.</summary>
internal static class Connections
{
    public static HttpClient ForApi() => Build(DecompressionMethods.All, connect: null);

    // No decompression: the hash and the size limit apply to the bytes as sent, and a small body must not expand to a large one.
    public static HttpClient ForPictures(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) =>
        Build(DecompressionMethods.None, connect);

    private static HttpClient Build(
        DecompressionMethods decompression, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect) =>
        new(new SocketsHttpHandler
        {
            ConnectCallback = connect,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = decompression,
            // The ids of the caller's traces are of no use to others.
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
        })
        {
            // Every call has its own time limit, which uses a TimeProvider so that tests can control it.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { { "User-Agent", "Darkroom" } },
        };
}
