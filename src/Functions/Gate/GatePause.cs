namespace Darkroom.Gate;

/// <summary>A pause that an operator set. Running tasks go on, but no slot is granted.</summary>
/// <param name="At">When it was set.</param>
/// <param name="Reason">The operator's reason; null if none was given.</param>
/// <param name="Until">When it ends by itself; null if only a resume ends it.</param>
public sealed record GatePause(DateTime At, string? Reason, DateTime? Until)
{
    /// <summary>Whether the pause is over.</summary>
    public bool IsOver(DateTime now) => Until <= now;
}
