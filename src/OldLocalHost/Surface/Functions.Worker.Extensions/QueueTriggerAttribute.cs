using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each message of a storage queue.</summary>
public sealed class QueueTriggerAttribute : TriggerBindingAttribute
{
    private readonly string _queueName;

    public QueueTriggerAttribute(string queueName) => _queueName = queueName;

    public string QueueName => _queueName;

    /// <summary>The name, or the prefix, of the settings that say where the storage is; the app's own storage unless given.</summary>
    public string? Connection { get; set; }
}
