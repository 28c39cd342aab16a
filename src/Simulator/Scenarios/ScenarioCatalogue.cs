namespace Darkroom.Simulator.Scenarios;

/// <summary>All scenarios.</summary>
public static class ScenarioCatalogue
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. SubmitScenarios.All, .. SpellingScenarios.All, .. FailureScenarios.All, .. LookScenarios.All, .. PictureScenarios.All,
    ];

    private static readonly Dictionary<string, Scenario> ByName = All.ToDictionary(
        scenario => scenario.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns null if no scenario has the name. Ignores case.</summary>
    public static Scenario? Find(string name) => ByName.GetValueOrDefault(name);
}
