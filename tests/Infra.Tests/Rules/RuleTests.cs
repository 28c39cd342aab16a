using Darkroom.Infra.Tests.Files;

namespace Darkroom.Infra.Tests.Rules;

/// <summary>The two tests of each rule: the repository has no violation, and a mistake in a copy is reported.</summary>
public abstract class RuleTests
{
    [Fact]
    public void Check_Repository_HasNoViolations() => Assert.Empty(Check(Checkout.Current));

    /// <summary>The violations, one line each.</summary>
    protected abstract IEnumerable<string> Check(Checkout checkout);

    /// <summary>
    /// Replaces <paramref name="text"/> in a file, or appends if it is empty, and expects a violation that contains
    /// <paramref name="expected"/>.
    /// </summary>
    protected void AssertReports(string path, string text, string mistake, string expected)
    {
        var before = Checkout.Current.Has(path) ? Checkout.Current[path] : "";
        var at = text.Length == 0 ? before.Length : before.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} does not contain {text}: this test cannot insert its mistake.");

        AssertReports(Checkout.Current.With(path, before[..at] + mistake + before[(at + text.Length)..]), expected);
    }

    protected void AssertReportsMissing(string path, string expected)
    {
        Assert.True(Checkout.Current.Has(path), $"{path} does not exist: this test cannot remove it.");
        AssertReports(Checkout.Current.Without(path), expected);
    }

    private void AssertReports(Checkout checkout, string expected)
    {
        var violations = Check(checkout).ToList();
        Assert.True(
            violations.Exists(one => one.Contains(expected, StringComparison.Ordinal)),
            $"Expected \"{expected}\" among:\n{string.Join('\n', violations)}");
    }
}
