using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Doctor;

/// <summary>What the probes found on this machine.</summary>
internal sealed record MachineFacts
{
    /// <summary>What <c>dotnet --version</c> said.</summary>
    public required ToolResult Sdk { get; init; }

    /// <summary>What <c>node --version</c> said.</summary>
    public required ToolResult Node { get; init; }

    public required bool AreNpmPackagesCurrent { get; init; }

    public required IReadOnlyList<PortFacts> Ports { get; init; }

    public required StateFacts State { get; init; }

    /// <summary>Whether other storage than Azurite is configured.</summary>
    public required bool IsOtherStorage { get; init; }
}

/// <summary>A port that <c>up</c> uses.</summary>
/// <param name="Port">The port.</param>
/// <param name="Holder">The process that listens on it; null if it is free or unknown.</param>
internal sealed record PortFacts(int Port, int? Holder = null)
{
    public bool IsFree { get; init; }

    /// <summary>Whether a program of Darkroom listens on it.</summary>
    public bool IsOurs { get; init; }
}

/// <summary>The folder in which <c>up</c> keeps its state.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Refusal">Why it cannot be written; null if it can.</param>
internal sealed record StateFacts(string Path, string? Refusal = null);
