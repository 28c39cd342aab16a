using Darkroom.Cli.Screen;

namespace Darkroom.Cli.Up;

/// <summary>One run of <c>darkroom up</c>: starts the programs, waits, and stops them.</summary>
internal sealed class UpRun(Checkout checkout, UpOptions options, UpProgress progress, CommandEnvironment environment)
{
    private readonly List<Child> _children = [];

    /// <summary>Runs until interrupted, which returns 0, or until a program ends, which is an error.</summary>
    /// <exception cref="CommandException">A program could not be started, or ended.</exception>
    public async Task<int> RunAsync(CancellationToken interrupted)
    {
        using var folder = StateFolder.Open(options.State);
        try
        {
            await Leftovers.EndAsync(folder.Children, environment.Time, progress.Note, interrupted);
            Show(await StartAsync(folder, interrupted));
            var ended = await Task.WhenAny(_children.Select(async child =>
            {
                await child.Ended;
                return child;
            })).WaitAsync(interrupted);
            throw (await ended).Failure();
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            progress.Tell(UpWords.Stopping);
            return ExitCode.Ok;
        }
        finally
        {
            // Stop in reverse order: the app ends first, because it still uses the others.
            foreach (var child in Enumerable.Reverse(_children))
                await child.DisposeAsync();
            File.Delete(folder.Children);
        }
    }

    private async Task<UpAddresses> StartAsync(StateFolder folder, CancellationToken interrupted)
    {
        var configured = Configured.Read(checkout.Root);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var upstream = UpstreamChoice.Of(options, configured, options.Simulator ? null : TokenPlaces.Find(configured, checkout.Root, home));
        var isStorageOurs = LocalStorage.IsWanted(configured);
        RequirePorts(isStorageOurs);
        progress.Note(upstream.Announcement);
        if (upstream.Token is null && !options.Simulator)
            progress.Note(UpWords.WhereToGetAToken);

        var programs = new Programs(checkout, folder, options);
        var azurite = isStorageOurs ? Start(UpWords.StartingStorage, programs.Azurite(), folder) : null;
        var simulated = upstream.IsSimulated ? await SimulateAsync(programs, folder, interrupted) : null;
        var storage = azurite is null ? null : await Programs.StorageAsync(azurite, interrupted);
        var plan = programs.App(AppEnvironment.Of(configured, upstream, simulated, storage), progress.Result);
        var app = Start(UpWords.StartingApp, plan, folder);
        var address = await Programs.AddressAsync(app, interrupted);
        var ready = new Readiness(environment.Time).WaitAsync(address, interrupted);
        if (await Task.WhenAny(ready, app.Ended) != ready)
            throw app.Failure();
        await ready;
        return new UpAddresses
        {
            App = address.GetLeftPart(UriPartial.Authority),
            Folder = folder,
            IsStorageOurs = isStorageOurs,
            Upstream = upstream,
            Simulator = simulated?.Api,
            RequiresKey = options.RequireKey,
        };
    }

    // The line "Ready" is for scripts, so it has no other language.
    private void Show(UpAddresses addresses)
    {
        if (options.Json)
            progress.Result(addresses.ToJson());
        else
            FactSheet.Print(environment, addresses.Facts());
        progress.Result($"Ready: {addresses.App}");
        if (options.Open && !Browser.Open(addresses.Page))
            progress.Note(UpWords.NoBrowser.With(addresses.Page));
    }

    private async Task<SimulatorAddresses> SimulateAsync(Programs programs, StateFolder folder, CancellationToken interrupted)
    {
        CommandException? failure = null;
        foreach (var plan in programs.Simulators())
        {
            var simulator = Start(UpWords.StartingSimulator, plan, folder);
            try
            {
                return await Programs.AddressesAsync(simulator, interrupted);
            }
            catch (CommandException exception)
            {
                failure = exception;
                _children.Remove(simulator);
                await simulator.DisposeAsync();
            }
        }

        throw failure!;
    }

    private void RequirePorts(bool isStorageOurs)
    {
        Ports.RequireFree("--port", "Darkroom", options.Port);
        var first = options.StoragePort;
        if (isStorageOurs && first > 0)
            Ports.RequireFree("--storage-port", "Azurite", first, first + 1, first + 2);
    }

    private Child Start(string step, ChildPlan plan, StateFolder folder)
    {
        progress.Tell(step);
        var child = Child.Start(plan);
        _children.Add(child);
        Leftovers.Remember(folder.Children, _children);
        return child;
    }
}
