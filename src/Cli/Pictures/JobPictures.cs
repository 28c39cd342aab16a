using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Pictures;

internal static class JobPictures
{
    /// <summary>
    /// Saves all pictures of a job, and prints their paths: to standard output, or to standard error if standard output is JSON.
    /// </summary>
    public static async Task SaveAsync(
        DarkroomServer server, Job job, string folder, CommandEnvironment environment, bool isJson, CancellationToken cancellation)
    {
        var download = new PictureDownload(server, new PictureFolder(folder), environment);
        foreach (var picture in PictureOf.All(job, environment.Time.LocalTimeZone))
        {
            var path = await download.SaveAsync(picture, cancellation);
            var image = picture.Image;
            var line = $"{environment.Shown(path)}  {image.Width}x{image.Height}, {JobText.Size(image.Bytes)}";
            await (isJson ? environment.Error : environment.Out).WriteLineAsync(line);
            foreach (var warning in image.Warnings)
                await environment.Error.WriteLineAsync(Words.Note.With(warning));
        }
    }
}
