using System.Text.Json;
using Darkroom.Gate;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <inheritdoc/>
internal sealed class SubmitStatus : ISubmitStatus
{
    /// <inheritdoc/>
    public bool IsOver(OrchestrationMetadata task)
    {
        try
        {
            // A task shows these only after its submit activity has ended.
            return task.ReadCustomStatusAs<JobState>() is { Status: JobStatus.Generating or JobStatus.Saving };
        }
        catch (JsonException)
        {
            // A status that cannot be read is no proof.
            return false;
        }
    }
}
