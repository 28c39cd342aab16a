using System.CommandLine;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary>The text output of the gate commands.</summary>
internal static class GateText
{
    /// <summary>Prints the gate of an answer, and returns the exit code.</summary>
    public static async Task<int> ShowAsync(ServerOptions server, ParseResult parsed, ServerAnswer answer)
    {
        var gate = answer.Read(CliJson.Default.Gate);
        if (parsed.GetValue(server.Json))
            await server.CommandEnvironment.Out.WriteLineAsync(answer.Body);
        else
            FactSheet.Print(server.CommandEnvironment, Facts(gate));
        return ExitCode.Ok;
    }

    public static IEnumerable<Fact> Facts(Gate gate) =>
    [
        new(OperationsWords.FactGate, State(gate)),
        new(
            OperationsWords.FactSlots,
            OperationsWords.SlotsInUse.With(gate.InUse, gate.Slots)
                + (gate.Submitting > 0 ? OperationsWords.SlotsSubmitting.With(gate.Submitting) : "")),
        new(OperationsWords.FactWaiting, OperationsWords.LanesWaiting.With(gate.Waiting.Interactive, gate.Waiting.Bulk)),
        new(
            OperationsWords.FactUsed,
            gate.Utilisation is { } used ? OperationsWords.Utilisation.With(used.LastMinute, used.LastHour) : null),
        new(
            OperationsWords.FactBudget,
            gate.Budget is { } budget ? OperationsWords.Budget.With(budget.Used, budget.Limit, JobText.Time(budget.ResetsAt)) : null),
        new(OperationsWords.FactCredits, gate.Credits is { } credits ? $"{credits:0.##}" : null),
    ];

    /// <summary>Whether tasks are submitted, and if not, why and until when.</summary>
    public static string State(Gate gate)
    {
        if (gate.Paused is { } paused)
        {
            var reason = paused.Reason is { } why ? $" ({why})" : "";
            var until = paused.Until is { } at ? OperationsWords.PausedUntil.With(JobText.Time(at)) : OperationsWords.PausedUntilResumed;
            return $"{OperationsWords.Paused}{reason}{until}";
        }

        if (gate.CoolDown is { } coolDown)
            return OperationsWords.CoolingDown.With(Reason(coolDown.Reason), JobText.Time(coolDown.Until));
        return gate.Budget is { } budget && budget.Used >= budget.Limit ? OperationsWords.BudgetReached : OperationsWords.Open;
    }

    private static string Reason(string reason) => reason switch
    {
        "throttled" => OperationsWords.Throttled,
        "quota" => OperationsWords.NoQuota,
        "credits" => OperationsWords.NoCredits,
        _ => reason,
    };
}
