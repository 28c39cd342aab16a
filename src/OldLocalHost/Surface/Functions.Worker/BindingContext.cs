namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger knows about the event besides its data.</summary>
public abstract class BindingContext
{
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
