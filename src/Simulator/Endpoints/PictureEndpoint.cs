using System.Globalization;
using Darkroom.Simulator.Pictures;
using Darkroom.Simulator.Scenarios;

namespace Darkroom.Simulator.Endpoints;

/// <summary><c>GET /img/{file}</c> on the picture host. The API has another host.</summary>
internal static class PictureEndpoint
{
    public static void MapPictures(this IEndpointRouteBuilder routes, Upstream upstream) =>
        routes.MapGet("/img/{file}", (HttpContext context, string file) => AnswerAsync(context, upstream, file));

    private static async Task AnswerAsync(HttpContext context, Upstream upstream, string file)
    {
        upstream.Counters.CountPicture(context.Request);
        var name = Path.GetFileNameWithoutExtension(file).Split('-');
        if (
            name.Length != 2 || !int.TryParse(name[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || upstream.Tasks.Find(name[0]) is not { } task)
        {
            await Replies.Body(404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>")(context);
            return;
        }

        var isAlive = upstream.Links.IsAlive(task.Id, index, context.Request.Query, out var link);
        var request = new PictureRequest(task, index, task.CountPictureRequest(), link);
        var reply = isAlive ? task.Twists.Answer(request) ?? (answer => PictureFile.Serve(answer, request)) : PictureScenarios.LinkExpired;
        await reply(context);
    }
}
