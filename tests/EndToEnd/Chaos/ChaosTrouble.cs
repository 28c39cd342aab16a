namespace Darkroom.EndToEnd.Chaos;

/// <summary>What upstream does to the task of a job, and how the job has to end then.</summary>
/// <param name="Scenario">The scenario of the simulator; null for none.</param>
/// <param name="Times">How often it happens; null for always.</param>
/// <param name="End">The status that the job gets.</param>
internal sealed record ChaosTrouble(string? Scenario, int? Times, string End)
{
    private static readonly ChaosTrouble Calm = new(null, null, "succeeded");

    // Scenarios with a wait of minutes are left out: they are the same at any speed, and would only make the run long.
    private static readonly ChaosTrouble[] Troubles =
    [
        .. UpstreamTable.PassingTroubles.Select(row => new ChaosTrouble(row.Scenario, row.Times, "succeeded")),
        new("busy", 2, "succeeded"),
        new("submit-500", 2, "succeeded"),
        new("throttled-now", 1, "succeeded"),
        new("submit-cut", 1, "submissionUnknown"),
        new("submit-502", 1, "submissionUnknown"),
        new("failed-message", null, "failed"),
        new("moderated", null, "failed"),
    ];

    /// <summary>Six of ten tasks have no trouble.</summary>
    public static ChaosTrouble Choose(Random chance) => chance.Next(10) < 6 ? Calm : Troubles[chance.Next(Troubles.Length)];
}
