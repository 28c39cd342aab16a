using System.Text.Json;
using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Endpoints;

/// <summary><c>/control</c>: configures the simulator, and returns its tasks and counters.</summary>
internal static class ControlEndpoint
{
    public static void MapControl(this IEndpointRouteBuilder routes, Upstream upstream)
    {
        var control = routes.MapGroup("/control");
        control.MapGet("/scenarios", () => Json(new
        {
            Assigned = upstream.Scenarios.Assigned,
            Available = ScenarioCatalogue.All.Select(scenario => new { scenario.Name, scenario.About }),
        }));
        control.MapPost("/scenarios", context => ReadAsync<Assignment>(context, upstream.Scenarios.Assign));
        control.MapDelete("/scenarios", () => upstream.Scenarios.Clear());
        control.MapGet("/settings", () => Json(upstream.Settings));
        control.MapPut("/settings", context => ReadAsync<SimulatorSettings>(context, upstream.Change));
        control.MapGet("/counters", () => Json(CountersView(upstream)));
        control.MapGet("/tasks", () => Json(upstream.Tasks.All.Select(Describe)));
        control.MapGet("/tasks/{id}", (string id) => upstream.Tasks.Find(id) is { } task ? Json(Describe(task)) : Results.NotFound());
        control.MapPost("/finish", () => upstream.Tasks.FinishAll());
        control.MapPost("/reset", upstream.Reset);
    }

    private static IResult Json(object value) => Results.Json(value, JsonForm.Readable);

    private static async Task ReadAsync<T>(HttpContext context, Action<T> take)
    {
        try
        {
            take(await context.Request.ReadFromJsonAsync<T>(JsonForm.Readable) ?? throw new JsonException("The body is null."));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { title = "The body is not valid", detail = exception.Message }, JsonForm.Readable);
        }
    }

    private static object CountersView(Upstream upstream) => new
    {
        upstream.Counters.Submits,
        upstream.Counters.Accepted,
        upstream.Counters.Looks,
        upstream.Counters.Results,
        upstream.Counters.Pictures,
        upstream.Counters.Balances,
        upstream.Counters.TokenOnPictureHost,
        upstream.Counters.MaxRequestsAtOnce,
        MaxTasksAtOnce = Counters.MaxTasksAtOnce(upstream.Tasks.All),
        CreditsSpent = upstream.CreditBalance.Spent,
        PromptsPostedTwice = upstream.Counters.PostsByPrompt.Where(prompt => prompt.Value > 1).ToDictionary(),
        upstream.Counters.Bodies,
    };

    private static object Describe(SimulatedTask task) => new
    {
        task.Id,
        task.Body.Model,
        task.Body.Prompt,
        task.Seed,
        task.Width,
        task.Height,
        task.SubmittedAt,
        task.BeginsAt,
        task.EndsAt,
        task.FirstSeenAt,
        LagSeconds = task.Lag?.TotalSeconds,
        task.Looks,
        task.PictureRequests,
    };
}
