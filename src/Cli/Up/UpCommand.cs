using System.CommandLine;

namespace Darkroom.Cli.Up;

/// <summary><c>darkroom up</c>: starts everything on this machine.</summary>
internal sealed class UpCommand : Command
{
    private readonly CommandEnvironment _environment;
    private readonly Option<int> _port = new("--port")
    {
        Description = "The port of Darkroom, on this machine only; 0 for any free port.",
        DefaultValueFactory = _ => 7071,
        HelpName = "N",
    };
    private readonly Option<string?> _state = new("--state")
    {
        Description = "The folder for all state. Default: .darkroom beside the darkroom script.",
        HelpName = "DIR",
    };
    private readonly Option<int> _storagePort = new(
        "--storage-port")
    {
        Description = "The first of three ports for Azurite; 0 for any free ports.",
        DefaultValueFactory = _ =>
            10000,
        HelpName = "N"
    };
    private readonly Option<bool> _simulator = new(
        "--simulator")
    { Description = "Simulate ModelScope even if there is a token. No credits are spent." };
    private readonly Option<string?> _upstream = new(
        "--upstream")
    {
        Description =
            "The endpoint to use. Default: MODELSCOPE_INFER_BASE, then ModelScope if there is a token, then the simulator.",
        HelpName = "URL"
    };
    private readonly Option<bool> _requireKey = new("--require-key") { Description = "Require a key from callers, as Azure does." };

    public UpCommand(CommandEnvironment environment)
        : base("up", "Start everything on this machine, print its address, and run until interrupted.")
    {
        _environment = environment;
        foreach (var option in new Option[] { _port, _state, _storagePort, _simulator, _upstream, _requireKey })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken interrupted)
    {
        var checkout = Checkout.OfThisProgram();
        var options = new UpOptions
        {
            Port = parsed.GetValue(_port),
            State = parsed.GetValue(_state) is { } state
                ? Path.GetFullPath(state, _environment.Directory)
                : Path.Combine(checkout.Root, ".darkroom"),
            StoragePort = parsed.GetValue(_storagePort),
            Simulator = parsed.GetValue(_simulator),
            Upstream = parsed.GetValue(_upstream),
            RequireKey = parsed.GetValue(_requireKey),
        };
        RequireSense(options);
        return new UpRun(checkout, options, _environment).RunAsync(interrupted);
    }

    private static void RequireSense(UpOptions options)
    {
        if (options.Port is < 0 or > 65535)
            throw CommandException.Usage("--port: Must be from 0 to 65535.");
        if (options.StoragePort is < 0 or > 65533)
            throw CommandException.Usage("--storage-port: Must be from 0 to 65533: Azurite also uses the next two ports.");
        if (options.Simulator && options.Upstream is not null)
            throw CommandException.Usage("--upstream: This option cannot be combined with --simulator. Use one of them.");
        if (options.Upstream is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw CommandException.Usage($"--upstream: \"{url}\" is not an http or https address.");
    }
}
