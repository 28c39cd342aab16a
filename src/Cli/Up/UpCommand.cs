using System.CommandLine;
using Darkroom.Cli.Develop;
using Darkroom.Cli.Help;

namespace Darkroom.Cli.Up;

/// <summary><c>darkroom up</c>: starts everything on this machine.</summary>
internal sealed class UpCommand : DocumentedCommand
{
    private readonly CommandEnvironment _environment;
    private readonly Option<int> _port = new("--port") { Description = UpWords.Port, DefaultValueFactory = _ => 7071, HelpName = "N" };
    private readonly Option<string?> _state = new("--state") { Description = UpWords.State, HelpName = "DIR" };
    private readonly Option<int> _storagePort = new("--storage-port")
    {
        Description = UpWords.StoragePort,
        DefaultValueFactory = _ => 10000,
        HelpName = "N",
    };
    private readonly Option<bool> _simulator = new("--simulator") { Description = UpWords.SimulatorOption };
    private readonly Option<string?> _upstream = new("--upstream") { Description = UpWords.Upstream, HelpName = "URL" };
    private readonly Option<bool> _requireKey = new("--require-key") { Description = UpWords.RequireKey };
    private readonly Option<bool> _open = new("--open") { Description = UpWords.OpenOption };
    private readonly Option<bool> _json = new("--json") { Description = UpWords.JsonOption };

    public UpCommand(CommandEnvironment environment)
        : base("up", UpWords.UpCommand)
    {
        _environment = environment;
        foreach (var option in new Option[] { _port, _state, _storagePort, _simulator, _upstream, _requireKey, _open, _json })
            Options.Add(option);
        Examples = ["./darkroom up --open", "./darkroom up --simulator --port 0 --storage-port 0 --state other"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken interrupted)
    {
        var options = new UpOptions
        {
            Port = parsed.GetValue(_port),
            State = parsed.GetValue(_state) is { } state
                ? Path.GetFullPath(state, _environment.Directory)
                : Path.Combine(SourceFolder.Find(), ".darkroom"),
            StoragePort = parsed.GetValue(_storagePort),
            Simulator = parsed.GetValue(_simulator),
            Upstream = parsed.GetValue(_upstream),
            RequireKey = parsed.GetValue(_requireKey),
            Open = parsed.GetValue(_open),
            Json = parsed.GetValue(_json),
        };
        RequireSense(options);
        var progress = new UpProgress(_environment);
        if (Shim.Root is { } root)
            await BuildAsync(root, progress, interrupted);
        return await new UpRun(Checkout.OfThisProgram(), options, progress, _environment).RunAsync(interrupted);
    }

    // Only if the script started this program: another caller has built what it wants to run.
    private static async Task BuildAsync(string root, UpProgress progress, CancellationToken interrupted)
    {
        await new Tools(root).RequireAsync(interrupted);
        await new NpmPackages(root).RestoreAsync(all: false, progress.Tell, interrupted);
        await new Builds(root, progress.Tell).UpAsync(interrupted);
    }

    private static void RequireSense(UpOptions options)
    {
        if (options.Port is < 0 or > 65535)
            throw CommandException.Usage(UpWords.PortOutOfRange);
        if (options.StoragePort is < 0 or > 65533)
            throw CommandException.Usage(UpWords.StoragePortOutOfRange);
        if (options.Simulator && options.Upstream is not null)
            throw CommandException.Usage(UpWords.UpstreamWithSimulator);
        if (options.Upstream is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw CommandException.Usage(UpWords.UpstreamNotAnAddress.With(url));
    }
}
