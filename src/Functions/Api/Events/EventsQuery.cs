using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.Events;

/// <summary>What a caller of <c>GET /api/events</c> wants to follow.</summary>
/// <param name="Jobs">The ids of jobs.</param>
/// <param name="Batches">The ids of batches.</param>
/// <param name="Gate">Whether to follow the gate too.</param>
internal sealed record EventsQuery(IReadOnlyList<string> Jobs, IReadOnlyList<string> Batches, bool Gate)
{
    // The app reads each of them at least every two seconds.
    public const int MaxJobs = 50;
    public const int MaxBatches = 10;

    public static EventsQuery? Read(IQueryCollection query, out IReadOnlyList<FieldProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = new List<FieldProblem>();
        var jobs = Ids("job", MaxJobs);
        var batches = Ids("batch", MaxBatches);
        var gate = query["gate"].ToString();
        if (gate is not ("" or "true" or "false"))
            found.Add(new FieldProblem("gate", "Must be true or false."));
        if (found.Count == 0 && jobs.Length + batches.Length == 0 && gate != "true")
            found.Add(new FieldProblem("job", "Name what to follow: job=ID and batch=ID, each as often as needed, or gate=true."));
        problems = found;
        return found.Count > 0 ? null : new EventsQuery(jobs, batches, gate == "true");

        string[] Ids(string name, int most)
        {
            string[] ids = [.. query[name].OfType<string>().Distinct(StringComparer.Ordinal)];
            if (ids.Length > most)
                found.Add(new FieldProblem(name, $"At most {most} can be followed in one stream. Open another stream for the others."));
            else if (Array.Find(ids, id => !JobIds.IsValid(id)) is { } wrong)
                found.Add(new FieldProblem(name, $"\"{Brief(wrong)}\" is not an id. Use the id that the service returned."));
            return ids;
        }
    }

    private static string Brief(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
