using System.CommandLine;
using System.Text.Json;
using Darkroom.Cli.Help;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom list</c>: lists jobs, the newest first.</summary>
internal sealed class ListCommand : DocumentedCommand
{
    private const int UsualTop = 20;

    private readonly ServerOptions _server;
    private readonly Option<string?> _status = new("--status")
    {
        Description = JobWords.StatusFilter,
        HelpName = "STATUS",
    };
    private readonly Option<string?> _tag = new("--tag") { Description = JobWords.TagFilter, HelpName = "TAG" };
    private readonly Option<string?> _batch = new("--batch") { Description = JobWords.BatchFilter, HelpName = "ID" };
    private readonly Option<int?> _top = new("--top") { Description = JobWords.TopOption.With(UsualTop), HelpName = "N" };
    private readonly Option<bool> _all = new("--all") { Description = JobWords.AllOption };

    private readonly Option<string?> _from = new("--from") { Description = JobWords.FromFilter, HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = JobWords.ToFilter, HelpName = "TIME" };

    public ListCommand(ServerOptions server)
        : base("list", JobWords.ListCommand)
    {
        _server = server;
        foreach (var option in new Option[] { _status, _tag, _batch, _from, _to, _top, _all })
            Options.Add(option);
        server.AddTo(this);
        Examples = ["darkroom list", "darkroom list --status failed --all --json"];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var environment = _server.CommandEnvironment;
        var query = new ListQuery(parsed.GetValue(_status), parsed.GetValue(_tag), parsed.GetValue(_batch))
        {
            From = parsed.GetValue(_from),
            To = parsed.GetValue(_to),
        };
        var page = await query.ReadAsync(server, MaxOf(parsed), cancellation);
        if (parsed.GetValue(_server.Json))
        {
            await environment.Out.WriteLineAsync(JsonSerializer.Serialize(page, CliJson.Written.JobPage));
            return ExitCode.Ok;
        }

        var jobs = page.Items.Select(item => item.Deserialize(CliJson.Default.Job)).OfType<Job>();
        string[] columns = [
            JobWords.ColumnId, JobWords.ColumnStatus, JobWords.ColumnCreated, JobWords.ColumnPictures, JobWords.ColumnPrompt];
        Sheet.Print(environment, columns, jobs.Select(Row));
        if (page.ContinuationToken is not null)
            await environment.Error.WriteLineAsync(JobWords.MoreJobs);
        return ExitCode.Ok;
    }

    private int MaxOf(ParseResult parsed) => (parsed.GetValue(_top), parsed.GetValue(_all)) switch
    {
        (not null, true) => throw CommandException.Usage(JobWords.AllWithTop),
        ( < 1, _) => throw CommandException.Usage(JobWords.TopTooSmall),
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
