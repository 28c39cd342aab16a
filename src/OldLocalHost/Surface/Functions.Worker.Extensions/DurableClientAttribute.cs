using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Gives a function a <c>DurableTaskClient</c>.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub; the one of host.json unless given. LocalHost has one hub.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The settings of the store; those of host.json unless given. LocalHost has one store.</summary>
    public string? ConnectionName { get; set; }
}
