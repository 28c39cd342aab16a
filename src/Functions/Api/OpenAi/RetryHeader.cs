using System.Globalization;
using Darkroom.Jobs.Calls;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// The header in which most SDKs of OpenAI count their retries. The .NET SDK repeats requests without it, so a request without it may be a
/// retry.
/// </summary>
internal static class RetryHeader
{
    public const string Name = "X-Stainless-Retry-Count";

    public static RetryMark Read(HttpRequest request)
    {
        if (!int.TryParse(request.Headers[Name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return RetryMark.Unmarked;
        return count == 0 ? RetryMark.First : RetryMark.Retry;
    }
}
