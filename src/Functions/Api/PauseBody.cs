using System.Globalization;
using System.Text.Json;
using Darkroom.Gate;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Api;

/// <summary>Reads the body of <c>POST /api/gate/pause</c>. The body and both of its fields are optional.</summary>
internal static class PauseBody
{
    private const int LongestReason = 200;

    /// <summary>The pause, or the problems of the body.</summary>
    public static (GatePause? Pause, IList<FieldProblem> Problems) Read(JsonElement? body, DateTime now)
    {
        if (body is not { } given)
            return (new GatePause(now, Reason: null, Until: null), []);
        if (given.ValueKind != JsonValueKind.Object)
            return (null, [new FieldProblem("body", "Must be a JSON object with reason and until, both optional.")]);

        var fields = new JsonFields(given);
        var reason = fields.Text("reason");
        if (reason is { Length: 0 or > LongestReason })
            fields.AddProblem("reason", $"Must be text of 1 to {LongestReason} characters.");
        DateTime? until = null;
        if (fields.Text("until") is { } text)
        {
            until = TimeOf(text);
            if (!(until > now))
                fields.AddProblem("until", "Must be a time in the future, in ISO 8601 with Z or an offset.");
        }

        foreach (var name in fields.Left.Keys)
            fields.AddProblem(name, "Is not a field of a pause. The fields are reason and until.");
        return fields.Problems.Count > 0 ? (null, fields.Problems) : (new GatePause(now, reason, until), []);
    }

    // A time without an offset could be meant in any time zone.
    private static DateTime? TimeOf(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && time.Kind != DateTimeKind.Unspecified
            ? time.ToUniversalTime()
            : null;
}
