using System.Text.Json;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary>Saves what came of a batch: its results and errors as they are told, line by line, and every picture.</summary>
internal sealed class BatchResults(DarkroomServer server, string folder)
{
    /// <summary>Saves it all; tells each path.</summary>
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
            // Thousands of pictures may have one prompt: the line tells them apart, and sorts them.
            foreach (var image in item.Images)
                saved(await download.SaveAsync(jobId, image, $"{item.Line:00000}-", cancellation));
        }
    }

    // The name holds the batch's id: what is there under it is an earlier answer to the same question.
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
