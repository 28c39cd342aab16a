namespace Darkroom.Simulator.Scenarios;

/// <summary>Where and how often a scenario applies. Without a model and a prompt it applies to every submit.</summary>
/// <param name="Scenario">The scenario's name.</param>
public sealed record Assignment(string Scenario)
{
    /// <summary>The scenario applies only to this model. Null means every model.</summary>
    public string? Model { get; init; }

    /// <summary>The scenario applies only to prompts that contain this text. Null means every prompt.</summary>
    public string? Prompt { get; init; }

    /// <summary>
    /// The scenario applies only to the first N matching submits, and to the first N looks and picture requests of each task. Null means
    /// always.
    /// </summary>
    public int? Times { get; init; }

    /// <summary>The probability that the scenario applies, from 0 to 1, drawn for each submit. Null means always.</summary>
    public double? Chance { get; init; }

    /// <summary>Assignments are applied in this order, so a narrow assignment overrides a wide one.</summary>
    internal int Narrowness => (Model is null ? 0 : 1) + (Prompt is null ? 0 : 2);

    internal bool Fits(string model, string prompt) =>
        (Model is null || Model.Equals(model, StringComparison.OrdinalIgnoreCase))
            && (Prompt is null || prompt.Contains(Prompt, StringComparison.Ordinal));
}
