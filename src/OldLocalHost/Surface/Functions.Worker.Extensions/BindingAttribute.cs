namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What all bindings derive from.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute
{
    public BindingAttribute()
    {
    }
}
