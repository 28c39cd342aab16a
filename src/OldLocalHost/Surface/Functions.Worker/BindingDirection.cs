namespace Microsoft.Azure.Functions.Worker;

/// <summary>Whether a binding gives data to a function or takes data from it.</summary>
public enum BindingDirection
{
    In,
    Out,
}
