using Darkroom.Simulator.Account;
using Darkroom.Simulator.Pictures;
using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator;

/// <summary>The state that the endpoints share.</summary>
internal sealed class Upstream
{
    public Upstream(SimulatorOptions options)
    {
        Options = options;
        Tasks = new TaskBook(options.Time);
        Links = new PictureLinks(options.Time);
        Change(options.Settings);
    }

    public SimulatorOptions Options { get; }

    public SimulatorSettings Settings { get; private set; } = new();

    public TaskBook Tasks { get; }

    public ScenarioBook Scenarios { get; } = new();

    public Counters Counters { get; } = new();

    public CreditBalance CreditBalance { get; } = new();

    public PictureLinks Links { get; }

    /// <summary>The address of the picture host, set when the server listens.</summary>
    public string PictureHost { get; set; } = "";

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    public void Change(SimulatorSettings settings)
    {
        Settings = settings;
        CreditBalance.Fill(settings.Credits, settings.Quota);
    }

    public void Reset()
    {
        Scenarios.Clear();
        Tasks.Clear();
        Counters.Clear();
        Change(Options.Settings);
    }
}
