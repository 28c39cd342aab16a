using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.Cli.Tests.Up;

namespace Darkroom.Cli.Tests.Terminal;

/// <summary>The jobs and the batch that the tests of all commands look at. They are made once for each running Darkroom.</summary>
internal sealed record Subjects(string Job, string FailedJob, string Batch)
{
    private static readonly SemaphoreSlim Making = new(1);
    private static Subjects? _made;

    /// <summary>A job with a picture, one that failed, and a batch in which one of two items failed.</summary>
    public static async Task<Subjects> OfAsync(RunningDarkroom darkroom)
    {
        await Making.WaitAsync();
        try
        {
            return _made ??= await MakeAsync(darkroom);
        }
        finally
        {
            Making.Release();
        }
    }

    public string[] FillIn(string arguments) =>
    [
        .. arguments.Split(' ').Select(one => one
            .Replace("{job}", Job, StringComparison.Ordinal)
            .Replace("{failed}", FailedJob, StringComparison.Ordinal)
            .Replace("{batch}", Batch, StringComparison.Ordinal)
            .Replace('_', ' ')),
    ];

    private static async Task<Subjects> MakeAsync(RunningDarkroom darkroom)
    {
        using var http = new HttpClient();
        using var _ = await http.PostAsJsonAsync(
            new Uri(darkroom.Simulator, "control/scenarios"), new { scenario = "failed-errors", prompt = "doomed" });
        await File.WriteAllTextAsync(
            darkroom.Folder["made.ndjson"],
            """
            {"prompt":"a pet","size":"64x64"}
            {"prompt":"a doomed pet","size":"64x64"}

            """);
        var job = await IdAsync(darkroom, "generate", "a subject", "--size", "64x64", "--json");
        var failed = await IdAsync(darkroom, "generate", "a doomed subject", "--size", "64x64", "--json");
        return new Subjects(job, failed, await IdAsync(darkroom, "batch", "made.ndjson", "--json"));
    }

    private static async Task<string> IdAsync(RunningDarkroom darkroom, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(darkroom.Folder.Path, [.. arguments, "--url", $"{darkroom.Url}"]);
        return (string)JsonNode.Parse(run.Out)!["id"]!;
    }
}
