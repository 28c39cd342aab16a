namespace Darkroom.Simulator;

/// <summary>The options of a simulator at its start.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The port of the API on 127.0.0.1; 0 selects a free port.</summary>
    public int Port { get; init; }

    /// <summary>The port of the picture host on 127.0.0.1; 0 selects a free port.</summary>
    public int PicturePort { get; init; }

    /// <summary>The only token that is accepted; null accepts any token.</summary>
    public string? Token { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The initial settings. They can be changed while the simulator runs.</summary>
    public SimulatorSettings Settings { get; init; } = new();
}
