using System.Text.Json.Nodes;
using Darkroom.Simulator.Pictures;
using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Endpoints;

/// <summary><c>GET /v1/tasks/{id}</c> and <c>GET /v1/tasks/{id}/result</c>.</summary>
internal static class TaskEndpoint
{
    public static void MapTasks(this IEndpointRouteBuilder routes, Upstream upstream)
    {
        routes.MapGet("/v1/tasks/{id}", (HttpContext context, string id) => LookAsync(context, upstream, id));
        routes.MapGet("/v1/tasks/{id}/result", (HttpContext context, string id) => ResultAsync(context, upstream, id));
    }

    private static async Task LookAsync(HttpContext context, Upstream upstream, string id)
    {
        upstream.Counters.CountLook();
        if (await upstream.RefusesAsync(context))
            return;
        if (context.Request.Headers["X-ModelScope-Task-Type"] != "image_generation")
        {
            await Replies.Error(400, "X-ModelScope-Task-Type is required")(context);
            return;
        }

        if (upstream.Tasks.Find(id) is not { } task)
        {
            await Replies.Error(404, "task not found")(context);
            return;
        }

        var now = upstream.Now;
        var number = task.CountLook(now);
        var plain = task.Twists.Dialect.Answer(task, now, number, Links(upstream, task));
        var reply = task.Twists.Answer(new Look(task, number, now, plain)) ?? Replies.Json(200, plain);
        await reply(context);
    }

    private static async Task ResultAsync(HttpContext context, Upstream upstream, string id)
    {
        upstream.Counters.CountResult();
        if (await upstream.RefusesAsync(context))
            return;
        if (upstream.Tasks.Find(id) is not { } task || upstream.Now < task.EndsAt || task.Twists.Fails || task.Twists.Has("no-picture"))
        {
            await Replies.Error(404, "result not found")(context);
            return;
        }

        if (task.Twists.Has("result-endpoint-bytes"))
            await PictureFile.Serve(context, new PictureRequest(task, Index: 0, task.CountPictureRequest(), LinkNumber: 1));
        else
            await Replies.Json(
                200,
                new JsonObject { ["output_images"] = new JsonArray([.. Links(upstream, task)]) }.ToJsonString(JsonForm.Readable))(context);
    }

    private static IReadOnlyList<string> Links(Upstream upstream, SimulatedTask task)
    {
        if (upstream.Now < task.EndsAt)
            return [];

        var number = task.CountLink();
        return [.. Enumerable.Range(0, task.Twists.Pictures).Select(Link)];

        string Link(int index) =>
            task.Twists.Twist(upstream.Links.Make(upstream.PictureHost, task, index, number, upstream.Settings.LinkSeconds));
    }
}
