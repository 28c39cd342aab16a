using Darkroom.ModelScope.Requests;
using Darkroom.ModelScope.Tasks;

namespace Darkroom.Jobs.Poll;

/// <summary>Compares the delivered picture with the request, as a pure function.</summary>
public static class PictureWarnings
{
    /// <summary>One sentence for each difference.</summary>
    public static IReadOnlyList<string> Of(ImageRequest asked, TaskInput? used, SavedPicture delivered)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(delivered);
        var warnings = new List<string>();
        if (asked.Size is { } size && (size.Width != delivered.Width || size.Height != delivered.Height))
            warnings.Add($"Asked for {size}, delivered {delivered.Width}x{delivered.Height}.");
        if (asked.Seed is > 0 && used?.Seed is { } seed && seed != asked.Seed)
            warnings.Add($"Asked for seed {asked.Seed}, made with {seed}.");
        if (asked.Steps is { } steps && used?.Steps is { } usedSteps && usedSteps != steps)
            warnings.Add($"Asked for {steps} steps, made with {usedSteps}.");
        if (asked.Guidance is { } guidance && used?.Guidance is { } usedGuidance && Math.Abs(usedGuidance - guidance) > 0.001)
            warnings.Add($"Asked for guidance {guidance}, made with {usedGuidance}.");
        return warnings;
    }
}
