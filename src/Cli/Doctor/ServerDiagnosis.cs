using Darkroom.Cli.Operations;

namespace Darkroom.Cli.Doctor;

/// <summary>Decides what the facts about the server mean.</summary>
internal static class ServerDiagnosis
{
    public static IEnumerable<Finding> Of(ServerFacts facts)
    {
        if (facts.Unreachable is { } reason)
        {
            yield return Finding.Warning(DoctorWords.Server, DoctorWords.ServerUnreachable.With(facts.Url, reason), DoctorWords.ServerCure);
            yield break;
        }

        yield return facts.NotReady.Count == 0
            ? Finding.Ok(DoctorWords.Server, DoctorWords.ServerReady.With(facts.Url))
            : Finding.Problem(DoctorWords.Server, string.Join("; ", facts.NotReady), DoctorWords.NotReadyCure);
        if (facts.Gate is { } gate)
            yield return Gate(gate);
        else if (facts.GateError is { } error)
            yield return Finding.Problem(DoctorWords.Gate, error, DoctorWords.GateCure);
    }

    private static Finding Gate(Gate gate)
    {
        var state = GateText.State(gate);
        if (gate.Paused is not null)
            return Finding.Warning(DoctorWords.Gate, state, DoctorWords.PausedCure);
        return gate.CoolDown is null && (gate.Budget is not { } budget || budget.Used < budget.Limit)
            ? Finding.Ok(DoctorWords.Gate, state)
            : Finding.Warning(DoctorWords.Gate, state, DoctorWords.CoolDownCure);
    }
}
