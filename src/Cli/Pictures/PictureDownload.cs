using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Pictures;

/// <summary>Downloads pictures and their sidecars into a folder, and checks the SHA-256 of the pictures.</summary>
internal sealed class PictureDownload(DarkroomServer server, PictureFolder folder, CommandEnvironment environment)
{
    // One wrong hash can be a transfer error. If the second download is wrong too, the stored picture is damaged.
    private const int Tries = 2;

    /// <summary>Downloads and saves one picture, with its sidecar beside it.</summary>
    /// <param name="picture">The picture, with the expected hash.</param>
    /// <param name="cancellation">Stops the download; no partial file remains.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="CommandException">The picture cannot be downloaded or saved, or its hash is wrong.</exception>
    public async Task<string> SaveAsync(PictureOf picture, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var path = await server.ReadAsync(
                    JobPaths.Picture(picture.JobId, picture.Image.Index),
                    content => SaveAsync(picture, content, cancellation),
                    cancellation);
                await SaveSidecarAsync(picture, path, cancellation);
                return path;
            }
            catch (InvalidDataException exception)
            {
                if (attempt == Tries)
                    throw CommandException.Failed(exception.Message, exception);
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
            {
                throw CommandException.Failed(Words.PictureNotSaved.With(exception.Message, picture.JobId), exception);
            }
        }
    }

    private async Task<string> SaveAsync(PictureOf picture, HttpContent content, CancellationToken cancellation)
    {
        // The server's job ids and file names are not trusted: they become a single file name in this folder.
        var offered = PictureNames.Of(content.Headers.ContentDisposition, $"{picture.JobId}-{picture.Image.Index}.bin");
        var name = PictureNames.Safe($"{picture.NameFrom(offered)}.{EndingOf(picture.Image)}") ?? $"picture.{EndingOf(picture.Image)}";
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        return await folder.SaveAsync(stream, name, picture.Image.Sha256, cancellation);
    }

    private async Task SaveSidecarAsync(PictureOf picture, string path, CancellationToken cancellation)
    {
        try
        {
            var answer = await server.GetAsync(JobPaths.Sidecar(picture.JobId, picture.Image.Index), cancellation);
            await folder.SaveSidecarAsync(answer.Body, path, cancellation);
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCode.Failed)
        {
            await environment.Error.WriteLineAsync(Words.SidecarMissing.With(environment.Shown(path)));
        }
    }

    private static string EndingOf(JobImage image) => image.ContentType switch
    {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/webp" => "webp",
        _ => "bin",
    };
}
