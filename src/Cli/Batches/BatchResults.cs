using System.Text.Json;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary>Saves the outcome of a batch: the results and errors files of the server, and every picture with its sidecar.</summary>
internal sealed class BatchResults(DarkroomServer server, string folder, CommandEnvironment environment)
{
    /// <summary>Saves everything, and passes each path to <paramref name="saved"/>.</summary>
    public async Task SaveAsync(BatchState batch, string name, Action<string> saved, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var results = await SaveLinesAsync(BatchPaths.Results(batch.Id), $"{name}-{batch.Id}.results.jsonl", cancellation);
        var errors = await SaveLinesAsync(BatchPaths.Errors(batch.Id), $"{name}-{batch.Id}.errors.jsonl", cancellation);
        foreach (var path in new[] { results, errors }.OfType<string>())
            saved(path);
        if (results is null)
            return;

        var download = new PictureDownload(server, new PictureFolder(folder), environment);
        var createdAt = TimeZoneInfo.ConvertTime(batch.CreatedAt, environment.Time.LocalTimeZone);
        await foreach (var line in File.ReadLinesAsync(results, cancellation))
        {
            if (Read(line) is not { JobId: { } jobId } item)
                continue;
            foreach (var image in item.Images)
                saved(await download.SaveAsync(new PictureOf(jobId, image, createdAt, NumberOf(item, image.Index)), cancellation));
        }
    }

    // Many items can have the same prompt. The line number keeps the names distinct; the zeros keep them in the order of the file.
    private static string NumberOf(BatchLine item, int picture)
    {
        var line = item.Index == 0 ? $"{item.Line:00000}" : $"{item.Line:00000}-{item.Index + 1}";
        return picture == 0 ? line : $"{line}-{picture + 1}";
    }

    // The name contains the batch's id, so an existing file is an earlier copy of the same data: overwrite it.
    private async Task<string?> SaveLinesAsync(string from, string name, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, PictureNames.Safe(name) ?? "results.jsonl");
        var temporary = $"{path}.part";
        try
        {
            var length = await server.ReadAsync(
                from,
                async content =>
                {
                    await using var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
                    await content.CopyToAsync(file, cancellation);
                    return file.Length;
                },
                cancellation);
            if (length == 0)
                return null;
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static BatchLine? Read(string line) => line.Length == 0 ? null : JsonSerializer.Deserialize(line, CliJson.Default.BatchLine);
}
