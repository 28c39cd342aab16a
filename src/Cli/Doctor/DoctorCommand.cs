using System.CommandLine;
using System.Text.Json;
using Darkroom.Cli.Develop;
using Darkroom.Cli.Help;
using Darkroom.Cli.Server;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Doctor;

/// <summary><c>darkroom doctor</c>: checks everything that Darkroom needs, and says how to cure what is wrong.</summary>
internal sealed class DoctorCommand : DocumentedCommand
{
    private readonly ServerOptions _server;

    public DoctorCommand(ServerOptions server)
        : base("doctor", DoctorWords.DoctorCommand)
    {
        _server = server;
        server.AddTo(this);
        Examples = ["darkroom doctor", "darkroom doctor --json"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var environment = _server.CommandEnvironment;
        var root = SourceFolder.Find();
        var home = environment.Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var configured = Configured.Read(root, environment.Variables());
        var machine = new MachineProbe(root, configured).LookAsync(cancellation);
        var upstream = new UpstreamProbe(root, home, configured, environment.Time).LookAsync(cancellation);
        var answers = new ServerProbe(server).LookAsync(cancellation);
        Finding[] findings = [
            .. MachineDiagnosis.Of(await machine), .. UpstreamDiagnosis.Of(await upstream), .. ServerDiagnosis.Of(await answers)];

        var isWell = findings.All(finding => finding.Level != Level.Problem);
        if (parsed.GetValue(_server.Json))
            await environment.Out.WriteLineAsync(
                JsonSerializer.Serialize(new DoctorReport(isWell, findings), CliJson.Written.DoctorReport));
        else
            DoctorText.Print(environment, findings);
        return isWell ? ExitCode.Ok : ExitCode.Failed;
    }
}

/// <summary>The result of <c>doctor --json</c>.</summary>
internal sealed record DoctorReport(bool Ok, IReadOnlyList<Finding> Findings);
