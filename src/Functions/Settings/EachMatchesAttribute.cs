using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Darkroom.Settings;

/// <summary>Requires that each item of a list matches a pattern.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="wanted">What the items must be, in words.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachMatchesAttribute(string pattern, string wanted) : ValidationAttribute
{
    /// <summary>What the items must be, in words.</summary>
    public string Wanted { get; } = wanted;

    /// <summary>The pattern.</summary>
    public string Pattern { get; } = pattern;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is IEnumerable<string> items
        && items.All(
            item => Regex.IsMatch(item, Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
}
