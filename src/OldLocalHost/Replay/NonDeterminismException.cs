using Darkroom.LocalHost.History;

namespace Darkroom.LocalHost.Replay;

/// <summary>
/// The code took another way than its history. It was changed while the instance was under way, or it depends on something that is not in
/// the history: a clock, a random number, a setting.
/// </summary>
public sealed class NonDeterminismException : Exception
{
    private const string Cure =
        "Workflow code must decide the same in every replay: no clock, random number, I/O or setting of its own, and no change under instances in flight.";

    internal NonDeterminismException(int step, IDecision? expected, IDecision? actual)
        : base($"The replay differs from the history at decision #{step}: the history has {Describe(expected)}, the code made {Describe(actual)}. {Cure}")
    {
    }

    private static string Describe(IDecision? decision) => decision switch
    {
        TaskScheduled activity => $"a call of activity '{activity.Name}'",
        SubOrchestrationCreated child => $"a call of orchestration '{child.Name}'",
        TimerCreated => "a timer",
        EventSent sent => $"an event '{sent.Name}' sent to '{sent.InstanceId}'",
        _ => "nothing",
    };
}
