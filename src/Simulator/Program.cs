using Darkroom.Simulator;

// dotnet run --project src/Simulator -- [--port N] [--picture-port N] [--speed X] [--spread X] [--slots N]
var arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
await using var simulator = await SimulatedModelScope.StartAsync(new SimulatorOptions
{
    Port = arguments.GetValue("port", 7090),
    PicturePort = arguments.GetValue("picture-port", 7091),
    Settings = new SimulatorSettings
    {
        Speed = arguments.GetValue("speed", 1.0),
        Slots = arguments.GetValue("slots", 1),
        Spread = arguments.GetValue("spread", 0.1),
    },
});

Console.WriteLine(
    $"Simulated ModelScope: {simulator.ApiUrl} (pictures on {simulator.PictureUrl}; scenarios: {simulator.ApiUrl}control/scenarios)");
await simulator.WaitForShutdownAsync();
