using Darkroom.Cli.Operations;

namespace Darkroom.Cli.Doctor;

/// <summary>What the probes found out about the server.</summary>
/// <param name="Url">Its address.</param>
internal sealed record ServerFacts(string Url)
{
    /// <summary>Why it does not answer; null if it does.</summary>
    public string? Unreachable { get; init; }

    /// <summary>The parts that are not ok, such as "storage is not reachable".</summary>
    public IReadOnlyList<string> NotReady { get; init; } = [];

    /// <summary>The gate; null if it was not read.</summary>
    public Gate? Gate { get; init; }

    /// <summary>Why the gate was not read.</summary>
    public string? GateError { get; init; }
}
