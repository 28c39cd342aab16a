namespace Microsoft.DurableTask.Internal;

/// <summary>The part of the durable client that starts orchestrations. Not for apps: use <c>DurableTaskClient</c>.</summary>
public interface IOrchestrationSubmitter
{
    Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default);
}
