using System.Text.Json;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary>Saves the outcome of a batch: the results and errors files of the server, and every picture.</summary>
internal sealed class BatchResults(DarkroomServer server, string folder)
{
    /// <summary>Saves everything, and passes each path to <paramref name="saved"/>.</summary>
    public async Task SaveAsync(string id, string name, Action<string> saved, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var results = await SaveLinesAsync(BatchPaths.Results(id), $"{name}-{id}.results.jsonl", cancellation);
        var errors = await SaveLinesAsync(BatchPaths.Errors(id), $"{name}-{id}.errors.jsonl", cancellation);
        foreach (var path in new[] { results, errors }.OfType<string>())
            saved(path);
        if (results is null)
            return;

        var download = new PictureDownload(server, new PictureFolder(folder));
        await foreach (var line in File.ReadLinesAsync(results, cancellation))
        {
            if (Read(line) is not { JobId: { } jobId } item)
                continue;
            // Many items can have the same prompt. The line number keeps the names distinct and in the order of the file.
            foreach (var image in item.Images)
                saved(await download.SaveAsync(jobId, image, $"{item.Line:00000}-", cancellation));
        }
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
