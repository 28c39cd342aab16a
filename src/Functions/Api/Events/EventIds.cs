using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.Events;

/// <summary>The header <c>Last-Event-ID</c>, with which a client resumes a stream of events.</summary>
internal static class EventIds
{
    private const string Header = "Last-Event-ID";

    /// <summary>The response when the header is not a whole number.</summary>
    public static IResult Refusal => Problem.Invalid(Header, "Must be the id of the last event that you received, a whole number.");

    /// <summary>Reads the number of the first event that the client has not seen; false when the header is not a whole number.</summary>
    public static bool TryReadNext(HttpRequest request, out int next)
    {
        next = 0;
        var last = request.Headers[Header].ToString();
        if (last.Length == 0)
            return true;
        if (!int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) || seen == int.MaxValue)
            return false;
        next = seen + 1;
        return true;
    }
}
