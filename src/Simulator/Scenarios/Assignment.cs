namespace Darkroom.Simulator.Scenarios;

/// <summary>Where and how often a scenario applies. Without model and prompt it applies everywhere.</summary>
/// <param name="Scenario">The scenario's name.</param>
public sealed record Assignment(string Scenario)
{
    /// <summary>Only this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only prompts that contain this text.</summary>
    public string? Prompt { get; init; }

    /// <summary>Only so often: the first submits it meets, the first looks and picture requests of each task. Null is always.</summary>
    public int? Times { get; init; }

    /// <summary>Only with this chance, from 0 to 1, drawn anew for each submit.</summary>
    public double? Chance { get; init; }

    /// <summary>The narrower an assignment, the later it has its say.</summary>
    internal int Narrowness => (Model is null ? 0 : 1) + (Prompt is null ? 0 : 2);

    internal bool Fits(string model, string prompt) =>
        (Model is null || Model.Equals(model, StringComparison.OrdinalIgnoreCase))
            && (Prompt is null || prompt.Contains(Prompt, StringComparison.Ordinal));
}
