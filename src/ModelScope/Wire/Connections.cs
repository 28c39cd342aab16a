using System.Net;

namespace Darkroom.ModelScope.Wire;

/// <summary>The two HTTP clients, and how little they do by themselves: no redirects, no cookies, no time-out of their own.</summary>
internal static class Connections
{
    public static HttpClient ForApi() => Build(DecompressionMethods.All);

    // No decompression: a picture's bytes are its bytes, and a small body must not become a large one.
    public static HttpClient ForPictures() => Build(DecompressionMethods.None);

    private static HttpClient Build(DecompressionMethods decompression) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = decompression,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
        })
        {
            // Every call brings its own limit, on a clock that tests can turn.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { { "User-Agent", "Darkroom" } },
        };
}
