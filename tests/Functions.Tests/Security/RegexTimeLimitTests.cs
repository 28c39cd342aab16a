namespace Darkroom.Functions.Tests.Security;

/// <summary>No regular expression of the product can run for long on a hostile text.</summary>
public sealed class RegexTimeLimitTests
{
    [Fact]
    public void Sources_EveryRegex_HasATimeLimitOrDoesNotBacktrack()
    {
        var uses = 0;
        foreach (var file in RegexUses.Sources())
        {
            var (count, unlimited) = RegexUses.Find(File.ReadAllText(file));
            uses += count;
            Assert.True(unlimited.Count == 0, $"{file} has a regular expression without a time limit: {string.Join(", ", unlimited)}");
        }

        Assert.True(uses >= 12, $"Only {uses} regular expressions were found.");
    }

    [Theory]
    [InlineData("[GeneratedRegex(\"(a+)+\")]", 1)]
    [InlineData("[GeneratedRegex(\"\\\\(a, 5)\", RegexOptions.IgnoreCase)]", 1)]
    [InlineData("[GeneratedRegex(@\"a\"\"matchTimeoutMilliseconds(\"\", \", RegexOptions.None)] Run(1000)", 1)]
    [InlineData("[GeneratedRegex(\"\"\"a\"(\"\"\", RegexOptions.None)] Run(x, 1000)", 1)]
    [InlineData("new Regex(pattern)", 1)]
    [InlineData("Regex.IsMatch(text, Pattern(text, 1000))", 1)]
    [InlineData("Regex.Replace(text, \"(a+)+\", \"\")", 1)]
    [InlineData("[GeneratedRegex(\"(a+)+\", RegexOptions.NonBacktracking)]", 0)]
    [InlineData("[GeneratedRegex(\"(a+)+\", RegexOptions.None, 1000)]", 0)]
    [InlineData("[GeneratedRegex(\"(a+)+\", RegexOptions.None, matchTimeoutMilliseconds: 1000)]", 0)]
    [InlineData("Regex.IsMatch(text, \"a\", RegexOptions.None, TimeSpan.FromSeconds(1))", 0)]
    public void Find_Sample_ReportsOnlyUsesWithoutALimit(string source, int unlimited) =>
        Assert.Equal((1, unlimited), (RegexUses.Find(source).Uses, RegexUses.Find(source).Unlimited.Count));
}
