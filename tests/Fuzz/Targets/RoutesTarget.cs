using System.Text;
using Darkroom.Api;
using Darkroom.Api.Events;
using Darkroom.Api.Images;
using Darkroom.Api.Studio;
using Darkroom.Fuzz.Cases;
using Darkroom.LocalHost.Http;
using Darkroom.ModelScope.Wire;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Fuzz.Targets;

/// <summary>
/// Ids, paths, queries and headers of requests. The lines of an input are: an id, a query, and the headers Host, Origin, Prefer,
/// Idempotency-Key and Last-Event-ID.
/// </summary>
internal sealed class RoutesTarget : FuzzTarget
{
    private static readonly Uri Base = new("https://darkroom.example/api/images/");
    private static readonly WebOrigins Origins = new(["https://studio.example"], isPublic: false);
    private static readonly StudioFiles Files = new(AppContext.BaseDirectory + "no-such-folder");

    public override string Name => TargetNames.Routes;

    public override IReadOnlyList<string> Words => ["routes"];

    public override Task RunAsync(byte[] input)
    {
        var lines = Encoding.Latin1.GetString(input).Split('\n');
        Check(lines[0]);
        var request = RequestOf(lines);
        EventsQuery.Read(request.Query, out var problems);
        Problem.Invalid([.. problems]);
        ListQuery.Read(request, out _);
        WaitPreference.OfPreference(request);
        IdempotencyKeys.TryRead(request, out var key);
        Rule.Holds(JobIds.IsValid(JobIds.Of(key ?? "", lines[0])), "A key gives a valid id.");
        EventIds.TryReadNext(request, out _);
        Files.Find(lines[0], request.Headers["Prefer"].ToString());
        ForeignRequests.Is(request);
        var host = request.Headers.Host.ToString();
        Origins.Refusal("POST", "https", host, request.Headers.Origin.ToString(), fetchSite: null);
        try
        {
            WaitPreference.OfQuery(request);
        }
        catch (FormatException)
        {
            // The endpoint answers with 400.
        }

        return Task.CompletedTask;
    }

    private static void Check(string id)
    {
        JobIds.IsPart(id);
        if (!JobIds.IsValid(id) && !TaskIds.IsUsable(id))
            return;
        var path = $"{Uri.EscapeDataString(id)}/files";
        Rule.Holds(new Uri(Base, path).AbsolutePath == Base.AbsolutePath + path, "An id does not change a path.");
    }

    private static HttpRequest RequestOf(string[] lines)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Path) = ("POST", "http", "/admin/functions/x");
        request.QueryString = new QueryString($"?{Line(1)}");
        var names = new[] { "Host", "Origin", "Prefer", "Idempotency-Key", "Last-Event-ID" };
        for (var header = 0; header < names.Length; header++)
        {
            if (Line(header + 2) is { Length: > 0 } value)
                request.Headers[names[header]] = value;
        }

        return request;

        string Line(int number) => number < lines.Length ? lines[number] : "";
    }
}
