using System.Globalization;
using Darkroom.Jobs;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.Images;

/// <summary>The query of <c>GET /api/images</c>: filters, and the page.</summary>
internal sealed record ListQuery(
    JobStatus? Status, string? Batch, string? Tag, string? Model, DateTime? From, DateTime? To, int Top, JobIndexPosition? After)
{
    private const int MaxItems = 500;
    private const int UsualItems = 50;

    public bool Fits(JobView view, JobRecord job) =>
        (Status is null || view.Status == Status) && (Batch is null || job.Ticket.Batch == Batch)
            && (Tag is null || job.Ticket.Tags.Contains(Tag, StringComparer.Ordinal))
            && (Model is null || view.Request["model"]?.GetValue<string>() == Model);

    public static IResult? Read(HttpRequest request, out ListQuery query)
    {
        query = new ListQuery(null, Text(request, "batch"), Text(request, "tag"), Text(request, "model"), null, null, UsualItems, null);
        if (Text(request, "status") is { } status)
        {
            // Numbers and lists would be parsed too.
            if (!status.All(char.IsAsciiLetter) || !Enum.TryParse<JobStatus>(status, ignoreCase: true, out var wanted)
                    || !Enum.IsDefined(wanted))
                return Problem.Invalid("status", "Must be one of the states of a job, such as queued or succeeded.");
            query = query with { Status = wanted };
        }

        if (Text(request, "top") is { } top)
        {
            if (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MaxItems)
                return Problem.Invalid("top", $"Must be a whole number from 1 to {MaxItems}.");
            query = query with { Top = number };
        }

        foreach (var name in new[] { "from", "to" })
        {
            if (Text(request, name) is not { } text)
                continue;
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return Problem.Invalid(name, "Must be a time such as 2026-11-21T09:30:00Z.");
            query = name == "from" ? query with { From = at.UtcDateTime } : query with { To = at.UtcDateTime };
        }

        if (!JobIndexPosition.TryParse(Text(request, "continuationToken"), out var after))
            return Problem.Invalid("continuationToken", "Is not valid. Use the continuationToken of the previous page, or none.");
        query = query with { After = after };
        return null;
    }

    private static string? Text(HttpRequest request, string name) =>
        request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
