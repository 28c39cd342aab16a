using System.Net.Mime;
using Darkroom.Simulator.Paintings;
using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Pictures;

/// <summary>Writes a task's picture as a file, and serves the file intact or with a fault.</summary>
public static class PictureFile
{
    private const int BombSide = 60_000;

    public static void Write(SimulatedTask task, int index, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(task);
        var painting = task.Painting(index);
        if (task.Twists.Jpeg)
            painting.WriteJpeg(destination);
        else
            painting.WritePng(destination, padToBytes: task.Twists.PictureBytes);
    }

    internal static async Task Serve(HttpContext context, PictureRequest request, string? contentType = null, bool announce = true)
    {
        context.Response.ContentType = contentType ?? (request.Task.Twists.Jpeg ? MediaTypeNames.Image.Jpeg : MediaTypeNames.Image.Png);
        if (request.Task.Twists.PictureBytes > 0)
        {
            await ServeLarge(context, request, announce);
            return;
        }

        var file = Bytes(request);
        if (announce)
            context.Response.ContentLength = file.Length;
        await context.Response.Body.WriteAsync(file);
    }

    internal static async Task ServeHalf(HttpContext context, PictureRequest request)
    {
        var file = Bytes(request);
        context.Response.ContentType = MediaTypeNames.Image.Png;
        context.Response.ContentLength = file.Length / 2;
        await context.Response.Body.WriteAsync(file.AsMemory(0, file.Length / 2));
    }

    internal static async Task ServeCut(HttpContext context, PictureRequest request)
    {
        var file = Bytes(request);
        context.Response.ContentType = MediaTypeNames.Image.Png;
        context.Response.ContentLength = file.Length;
        await context.Response.Body.WriteAsync(file.AsMemory(0, file.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    internal static async Task ServeDamaged(HttpContext context, PictureRequest request)
    {
        var file = Bytes(request);
        // The header of a PNG ends before this, and its last chunk begins after it.
        file.AsSpan(64, file.Length - 128).Clear();
        context.Response.ContentType = MediaTypeNames.Image.Png;
        context.Response.ContentLength = file.Length;
        await context.Response.Body.WriteAsync(file);
    }

    internal static async Task ServeBomb(HttpContext context)
    {
        context.Response.ContentType = MediaTypeNames.Image.Png;
        using var bomb = new MemoryStream();
        PictureForgery.PngBomb(bomb, BombSide, BombSide);
        await context.Response.Body.WriteAsync(bomb.GetBuffer().AsMemory(0, (int)bomb.Length));
    }

    internal static Task Redirect(HttpContext context, PictureRequest request)
    {
        const string mark = "again";
        if (context.Request.Query.ContainsKey(mark))
            return Serve(context, request);

        context.Response.Redirect($"{context.Request.Path}{context.Request.QueryString}&{mark}=1");
        return Task.CompletedTask;
    }

    private static byte[] Bytes(PictureRequest request)
    {
        using var file = new MemoryStream();
        Write(request.Task, request.Index, file);
        return file.ToArray();
    }

    // Many large files may be served at once, so the file is not buffered. Kestrel has to allow the synchronous writes.
    private static Task ServeLarge(HttpContext context, PictureRequest request, bool announce)
    {
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        if (announce)
            context.Response.ContentLength = request.Task.Twists.PictureBytes;
        return Task.Run(() => Write(request.Task, request.Index, context.Response.Body));
    }
}
