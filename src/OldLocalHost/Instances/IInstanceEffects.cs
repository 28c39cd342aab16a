using Darkroom.LocalHost.History;

namespace Darkroom.LocalHost.Instances;

/// <summary>
/// What has to be done once a change is durable. Called while the table is locked: implementations only take note. While a journal is
/// read back nobody listens; what is open in the end follows from the state.
/// </summary>
internal interface IInstanceEffects
{
    /// <summary>The instance has something to do, and nobody is doing it.</summary>
    void Ready(Instance instance);

    void RunActivity(Instance instance, TaskScheduled activity);

    void SetTimer(Instance instance, int timerId, DateTime fireAt);

    void ForgetTimer(Instance instance, int timerId);

    void StartLater(Instance instance, DateTime startAt);

    /// <summary>The instance's status, custom status or output changed, or it is gone.</summary>
    void Changed(string instanceId);
}
