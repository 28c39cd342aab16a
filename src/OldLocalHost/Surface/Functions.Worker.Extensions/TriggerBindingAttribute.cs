namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>The parameter whose event starts the function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute
{
    public TriggerBindingAttribute()
    {
    }
}
