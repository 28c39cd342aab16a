using System.CommandLine;
using System.Text.Json;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom list</c>: lists jobs, the newest first.</summary>
internal sealed class ListCommand : Command
{
    private const int UsualTop = 20;

    private readonly ServerOptions _server;
    private readonly Option<string?> _status = new("--status")
    {
        Description = "Only jobs in this state, such as failed.",
        HelpName = "STATUS",
    };
    private readonly Option<string?> _tag = new("--tag") { Description = "Only jobs with this tag.", HelpName = "TAG" };
    private readonly Option<string?> _batch = new("--batch") { Description = "Only jobs of this batch.", HelpName = "ID" };
    private readonly Option<int?> _top = new("--top") { Description = $"The maximum number of jobs. Default: {UsualTop}.", HelpName = "N" };
    private readonly Option<bool> _all = new("--all") { Description = "List all jobs." };

    public ListCommand(ServerOptions server)
        : base("list", "List jobs, the newest first.")
    {
        _server = server;
        foreach (var option in new Option[] { _status, _tag, _batch, _top, _all })
            Options.Add(option);
        server.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var environment = _server.CommandEnvironment;
        var query = new ListQuery(parsed.GetValue(_status), parsed.GetValue(_tag), parsed.GetValue(_batch));
        var page = await query.ReadAsync(server, MaxOf(parsed), cancellation);
        if (parsed.GetValue(_server.Json))
        {
            await environment.Out.WriteLineAsync(JsonSerializer.Serialize(page, CliJson.Written.JobPage));
            return ExitCode.Ok;
        }

        var jobs = page.Items.Select(item => item.Deserialize(CliJson.Default.Job)).OfType<Job>();
        Sheet.Print(environment, ["ID", "STATUS", "CREATED", "PICTURES", "PROMPT"], jobs.Select(Row));
        if (page.ContinuationToken is not null)
            await environment.Error.WriteLineAsync("There are more jobs. Use --all or --top N.");
        return ExitCode.Ok;
    }

    private int MaxOf(ParseResult parsed) => (parsed.GetValue(_top), parsed.GetValue(_all)) switch
    {
        (not null, true) => throw CommandException.Usage("--all: This option cannot be combined with --top. Use one of them."),
        ( < 1, _) => throw CommandException.Usage("--top: Must be a whole number above 0."),
        (_, true) => int.MaxValue,
        (var top, _) => top ?? UsualTop,
    };

    private static string[] Row(Job job) =>
    [
        job.Id,
        JobText.Doing(job with { Waiting = null }),
        JobText.Time(job.CreatedAt),
        job.Images.Count.ToString(),
        OneLine(job.Request.Prompt),
    ];

    private static string OneLine(string prompt)
    {
        const int most = 60;
        var line = string.Join(' ', prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
            return line;
        var cut = char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1;
        return $"{line[..cut]}…";
    }
}
