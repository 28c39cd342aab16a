namespace Darkroom.LocalHost.Engine;

/// <summary>How much is done at once.</summary>
internal sealed record EngineLimits
{
    /// <summary>Activities that run at once; host.json's <c>maxConcurrentActivityFunctions</c>.</summary>
    public int Activities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Orchestrators that step at once; host.json's <c>maxConcurrentOrchestratorFunctions</c>, but never more than there are processors.</summary>
    public int Steps { get; init; } = Environment.ProcessorCount;
}
