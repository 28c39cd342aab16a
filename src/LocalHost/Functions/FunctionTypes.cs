using Microsoft.Azure.WebJobs;

namespace Darkroom.LocalHost.Functions;

/// <summary>Tells the WebJobs SDK which types have functions. Set once the worker has said which there are.</summary>
internal sealed class FunctionTypes : ITypeLocator
{
    /// <summary>The generated type.</summary>
    public Type? Generated { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<Type> GetTypes() => Generated is { } type ? [type] : [];
}
