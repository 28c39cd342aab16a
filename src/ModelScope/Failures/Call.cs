namespace Darkroom.ModelScope.Failures;

/// <summary>What was being done when it failed: the same answer means something else for a submit than for a look.</summary>
public enum Call
{
    /// <summary>A task was being submitted, which costs credits.</summary>
    Submit,

    /// <summary>Something was being read, which costs nothing.</summary>
    Read,
}
