using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary><c>darkroom usage</c>: prints what was made and what it cost.</summary>
internal sealed class UsageCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Option<string?> _from = new("--from") { Description = OperationsWords.UsageFrom, HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = OperationsWords.UsageTo, HelpName = "DAY" };
    private readonly Option<string?> _by = new("--by") { Description = OperationsWords.UsageBy, HelpName = "day|model|caller|batch" };

    public UsageCommand(ServerOptions server)
        : base("usage", OperationsWords.UsageCommand)
    {
        _server = server;
        _by.AcceptOnlyFromAmong("day", "model", "caller", "batch");
        foreach (var option in new Option[] { _from, _to, _by })
            Options.Add(option);
        server.AddTo(this);
        Examples = ["darkroom usage", "darkroom usage --from 2026-11-01 --to 2026-11-30 --by model"];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        (string Name, string? Value)[] query = [
            ("from", parsed.GetValue(_from)), ("to", parsed.GetValue(_to)), ("by", parsed.GetValue(_by))];
        var parts = query.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        var answer = await server.GetAsync($"{GatePaths.Usage}?{string.Join('&', parts)}".TrimEnd('?'), cancellation);
        var usage = answer.Read(CliJson.Default.Usage);
        if (parsed.GetValue(_server.Json))
            await _server.CommandEnvironment.Out.WriteLineAsync(answer.Body);
        else
            Print(usage, parsed.GetValue(_by) ?? "day");
        return ExitCode.Ok;
    }

    private void Print(Usage usage, string by)
    {
        string[] columns = [
            ColumnOf(by), OperationsWords.ColumnTasks, OperationsWords.ColumnPictures, OperationsWords.ColumnFailed,
            OperationsWords.ColumnReused, OperationsWords.ColumnCredits];
        var rows = usage.Items.Select(item => Row(item.Key is { Length: > 0 } key ? key : "–", item));
        Sheet.Print(_server.CommandEnvironment, columns, rows.Append(Row(OperationsWords.Total, usage.Total)));
    }

    private static string[] Row(string key, UsageCounts counts) =>
    [
        key,
        $"{counts.Tasks}",
        $"{counts.Pictures}",
        $"{counts.Failed}",
        $"{counts.Reused}",
        counts.Credits is { } credits ? OperationsWords.CreditRange.With(credits.Min, credits.Max) : "–",
    ];

    private static string ColumnOf(string by) => by switch
    {
        "model" => OperationsWords.ColumnModel,
        "caller" => OperationsWords.ColumnCaller,
        "batch" => OperationsWords.ColumnBatch,
        _ => OperationsWords.ColumnDay,
    };
}
