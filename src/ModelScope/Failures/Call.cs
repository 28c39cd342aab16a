namespace Darkroom.ModelScope.Failures;

/// <summary>The kind of call that failed. The same answer can have another meaning for a submit than for a read.</summary>
public enum Call
{
    /// <summary>The call submits a task, which costs credits.</summary>
    Submit,

    /// <summary>The call reads a task, a result or the balance, which costs nothing.</summary>
    Read,
}
