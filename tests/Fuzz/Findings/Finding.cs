using Darkroom.Fuzz.Cases;

namespace Darkroom.Fuzz.Findings;

/// <summary>Something that a target must not do.</summary>
/// <param name="Target">The target.</param>
/// <param name="Key">What happens and where. Inputs with the same key are one finding.</param>
/// <param name="Details">All that is known of it.</param>
/// <param name="Input">The input.</param>
internal sealed record Finding(string Target, string Key, string Details, byte[] Input)
{
    private const string Product = "   at Darkroom.";
    private const string Own = "   at Darkroom.Fuzz.";

    /// <summary>A finding from an exception.</summary>
    public static Finding Of(string target, Exception failure, byte[] input) =>
        new(target, $"{failure.GetType().Name}: {WhereOf(failure)}", $"{failure}", input);

    // The place in the product; for a broken rule, the rule.
    private static string WhereOf(Exception failure)
    {
        if (failure is BrokenRuleException)
            return failure.Message;
        var frames = (failure.StackTrace ?? "").Split('\n');
        var frame = Array.Find(
            frames,
            line => line.StartsWith(Product, StringComparison.Ordinal) && !line.StartsWith(Own, StringComparison.Ordinal));
        return (frame ?? frames[0]).Trim().Split(" in ")[0];
    }
}
