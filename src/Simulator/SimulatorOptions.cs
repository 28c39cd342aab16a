namespace Darkroom.Simulator;

/// <summary>How the simulated upstream behaves when no scenario says otherwise.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The API's port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The picture host's port on 127.0.0.1; 0 takes a free one.</summary>
    public int PicturePort { get; init; }

    /// <summary>The one token that is accepted; null accepts any.</summary>
    public string? Token { get; init; }

    /// <summary>Where its notion of time comes from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What can be changed while it runs.</summary>
    public SimulatorSettings Settings { get; init; } = new();
}
