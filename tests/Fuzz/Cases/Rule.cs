namespace Darkroom.Fuzz.Cases;

/// <summary>What must hold for every input, beside "no other exception".</summary>
internal static class Rule
{
    /// <exception cref="BrokenRuleException">It does not hold.</exception>
    public static void Holds(bool holds, string rule)
    {
        if (!holds)
            throw new BrokenRuleException(rule);
    }
}

/// <summary>A rule does not hold for the input.</summary>
internal sealed class BrokenRuleException(string rule) : Exception(rule);
