namespace Microsoft.DurableTask;

/// <summary>How an orchestration starts over with an empty history.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The input of the next round.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody has waited for reach the next round.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;

    /// <summary>The version of the next round; null or blank keeps the current one.</summary>
    public string? NewVersion { get; set; }
}
