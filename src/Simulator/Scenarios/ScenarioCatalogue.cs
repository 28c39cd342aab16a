namespace Darkroom.Simulator.Scenarios;

/// <summary>Every scenario by its name.</summary>
public static class ScenarioCatalogue
{
    /// <summary>All of them, by subject.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. SubmitScenarios.All, .. SpellingScenarios.All, .. FailureScenarios.All, .. LookScenarios.All, .. PictureScenarios.All,
    ];

    private static readonly Dictionary<string, Scenario> ByName = All.ToDictionary(
        scenario => scenario.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The scenario with a name; null when there is none.</summary>
    public static Scenario? Find(string name) => ByName.GetValueOrDefault(name);
}
