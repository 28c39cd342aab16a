namespace DurableTask.Core.Exceptions;

/// <summary>
/// A start was refused because its id belongs to an instance that must be left alone. The serialisation constructor is left out.
/// </summary>
[Serializable]
public class OrchestrationAlreadyExistsException : InvalidOperationException
{
    public OrchestrationAlreadyExistsException()
    {
    }

    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }

    public OrchestrationAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
