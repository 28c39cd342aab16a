using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Client;

/// <summary>An instance as a client sees it.</summary>
internal static class Metadata
{
    /// <summary>Without inputs and outputs: from memory alone.</summary>
    public static OrchestrationMetadata Of(Instance instance) => new(instance.Name, instance.Id)
    {
        RuntimeStatus = instance.Status,
        CreatedAt = new DateTimeOffset(instance.CreatedAt, TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(instance.UpdatedAt, TimeSpan.Zero),
    };

    /// <summary>With everything there is.</summary>
    public static OrchestrationMetadata Of(OrchestrationMetadata brief, InstanceSnapshot all, DataConverter converter)
    {
        var end = all.History.Count > 0 ? all.History[^1] as ExecutionCompleted : null;
        return new(brief.Name, brief.InstanceId)
        {
            DataConverter = converter,
            RuntimeStatus = brief.RuntimeStatus,
            CreatedAt = brief.CreatedAt,
            LastUpdatedAt = brief.LastUpdatedAt,
            SerializedInput = all.Begin.Input,
            SerializedOutput = end?.Result,
            SerializedCustomStatus = all.CustomStatus,
            FailureDetails = end?.Failure,
            Tags = all.Begin.Tags ?? new Dictionary<string, string>(),
        };
    }
}
