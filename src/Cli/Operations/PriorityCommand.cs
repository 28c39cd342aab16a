using System.CommandLine;
using System.Text;
using Darkroom.Cli.Help;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary><c>darkroom priority ID interactive|bulk</c>: moves a waiting job to the other lane.</summary>
internal sealed class PriorityCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create();
    private readonly Argument<string> _lane = new("lane") { Description = OperationsWords.Lane };

    public PriorityCommand(ServerOptions server)
        : base("priority", OperationsWords.PriorityCommand)
    {
        _server = server;
        _lane.AcceptOnlyFromAmong("interactive", "bulk");
        Arguments.Add(_id);
        Arguments.Add(_lane);
        server.AddTo(this);
        Examples = ["darkroom priority ex2esa68sq9w01txg2h29kgae2 interactive"];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var (id, lane) = (parsed.GetRequiredValue(_id), parsed.GetRequiredValue(_lane));
        var body = $$"""{"priority":"{{lane}}"}""";
        var answer = await server.PatchAsync(
            JobPaths.Of(id), () => new StringContent(body, Encoding.UTF8, "application/json"), cancellation);
        var job = answer.Read(CliJson.Default.Job);
        await _server.CommandEnvironment.Out.WriteLineAsync(
            parsed.GetValue(_server.Json) ? answer.Body : OperationsWords.Moved.With(job.Id, lane, JobText.Doing(job)));
        return ExitCode.Ok;
    }
}
