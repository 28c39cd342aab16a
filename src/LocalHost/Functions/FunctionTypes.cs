using Microsoft.Azure.WebJobs;

namespace Darkroom.LocalHost.Functions;

/// <summary>Gives the generated type to the WebJobs SDK. It is set after the worker has listed its functions.</summary>
internal sealed class FunctionTypes : ITypeLocator
{
    public Type? Generated { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<Type> GetTypes() => Generated is { } type ? [type] : [];
}
