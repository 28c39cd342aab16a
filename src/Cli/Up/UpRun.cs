namespace Darkroom.Cli.Up;

/// <summary>One run of <c>darkroom up</c>: starts the programs, waits, and stops them.</summary>
internal sealed class UpRun(Checkout checkout, UpOptions options, CommandEnvironment environment)
{
    private readonly Lock _telling = new();
    private readonly List<Child> _children = [];

    /// <summary>Runs until interrupted, which returns 0, or until a program ends, which is an error.</summary>
    /// <exception cref="CommandException">A program could not be started, or ended.</exception>
    public async Task<int> RunAsync(CancellationToken interrupted)
    {
        using var folder = StateFolder.Open(options.State);
        try
        {
            await Leftovers.EndAsync(folder.Children, environment.Time, Tell, interrupted);
            await StartAsync(folder, interrupted);
            var ended = await Task.WhenAny(_children.Select(async child =>
            {
                await child.Ended;
                return child;
            })).WaitAsync(interrupted);
            throw (await ended).Failure();
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            Tell("Stopping.");
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

    private async Task StartAsync(StateFolder folder, CancellationToken interrupted)
    {
        var configured = Configured.Read(checkout.Root);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var upstream = UpstreamChoice.Of(options, configured, options.Simulator ? null : TokenPlaces.Find(configured, checkout.Root, home));
        var isStorageOurs = LocalStorage.IsWanted(configured);
        RequirePorts(isStorageOurs);
        Tell(upstream.Announcement);

        var programs = new Programs(checkout, folder, options);
        var azurite = isStorageOurs ? Start(programs.Azurite(), folder) : null;
        var simulated = upstream.IsSimulated ? await SimulateAsync(programs, folder, interrupted) : null;
        var storage = azurite is null ? null : await Programs.StorageAsync(azurite, interrupted);
        var app = Start(programs.App(AppEnvironment.Of(configured, upstream, simulated, storage), Tell), folder);
        var address = await Programs.AddressAsync(app, interrupted);
        var ready = new Readiness(environment.Time).WaitAsync(address, interrupted);
        if (await Task.WhenAny(ready, app.Ended) != ready)
            throw app.Failure();
        await ready;

        if (simulated is not null)
            Tell($"The simulator: {simulated.Api}");
        if (options.RequireKey)
            Tell($"Callers must send the key in {folder.Key}: export DARKROOM_KEY=$(cat {folder.Key})");
        Tell($"Kept between starts: {folder.Path} (logs: {folder.Logs})");
        Tell(upstream.Announcement);
        Tell($"Ready: {address.GetLeftPart(UriPartial.Authority)}");
    }

    private async Task<SimulatorAddresses> SimulateAsync(Programs programs, StateFolder folder, CancellationToken interrupted)
    {
        CommandException? failure = null;
        foreach (var plan in programs.Simulators())
        {
            var simulator = Start(plan, folder);
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

    private Child Start(ChildPlan plan, StateFolder folder)
    {
        var child = Child.Start(plan);
        _children.Add(child);
        Leftovers.Remember(folder.Children, _children);
        return child;
    }

    private void Tell(string line)
    {
        lock (_telling)
            environment.Out.WriteLine(line);
    }
}
