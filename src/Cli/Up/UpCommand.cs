using System.CommandLine;

namespace Darkroom.Cli.Up;

/// <summary><c>darkroom up</c>: everything on this machine.</summary>
internal sealed class UpCommand : Command
{
    private readonly Surroundings _surroundings;
    private readonly Option<int> _port = new("--port")
    {
        Description = "Where Darkroom listens, on this machine only; 0 for any free port.",
        DefaultValueFactory = _ => 7071,
        HelpName = "N",
    };
    private readonly Option<string?> _state = new("--state")
    {
        Description = "Where everything is kept; else .darkroom beside the darkroom script.",
        HelpName = "DIR",
    };
    private readonly Option<int> _storagePort = new(
        "--storage-port") { Description = "Where Azurite listens, and on the two ports above; 0 for any free ports.",
        DefaultValueFactory = _ =>
            10000, HelpName = "N" };
    private readonly Option<bool> _simulator = new(
        "--simulator") { Description = "Simulate ModelScope even if there is a token: nothing is spent." };
    private readonly Option<string?> _upstream = new(
        "--upstream") { Description =
            "Talk to this endpoint; else MODELSCOPE_INFER_BASE, else ModelScope's own if there is a token, else a simulated one.",
            HelpName = "URL" };
    private readonly Option<bool> _requireKey = new("--require-key") { Description = "Ask callers for a key, as Azure does." };

    public UpCommand(Surroundings surroundings)
        : base("up", "Start everything on this machine, print its address, and run until interrupted.")
    {
        _surroundings = surroundings;
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
                ? Path.GetFullPath(state, _surroundings.Directory)
                : Path.Combine(checkout.Root, ".darkroom"),
            StoragePort = parsed.GetValue(_storagePort),
            Simulator = parsed.GetValue(_simulator),
            Upstream = parsed.GetValue(_upstream),
            RequireKey = parsed.GetValue(_requireKey),
        };
        RequireSense(options);
        return new UpRun(checkout, options, _surroundings).RunAsync(interrupted);
    }

    private static void RequireSense(UpOptions options)
    {
        if (options.Port is < 0 or > 65535)
            throw CommandException.Usage("--port: Must be from 0 to 65535.");
        if (options.StoragePort is < 0 or > 65533)
            throw CommandException.Usage("--storage-port: Must be from 0 to 65533: the two ports above are used too.");
        if (options.Simulator && options.Upstream is not null)
            throw CommandException.Usage("--upstream: Says something else than --simulator: give one of them.");
        if (options.Upstream is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw CommandException.Usage($"--upstream: \"{url}\" is no http or https address.");
    }
}
