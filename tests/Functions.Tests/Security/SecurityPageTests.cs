using System.Globalization;
using System.Text.RegularExpressions;
using Darkroom.TestKit;
using Darkroom.TestKit.Security;

namespace Darkroom.Functions.Tests.Security;

/// <summary>Every threat of docs/security.md names tests that exist, and every security test is named there.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Fact]
    public void Page_EveryTest_Exists()
    {
        var tests = Test.Matches(Page);
        Assert.True(tests.Count >= 40, $"Only {tests.Count} tests are named.");
        foreach (var (name, path) in tests.Select(test => (test.Groups["name"].Value, test.Groups["path"].Value)))
        {
            var file = Path.Combine(Repository.Root, "docs", path);
            Assert.True(File.Exists(file), $"{path} does not exist.");
            Assert.Matches($@"\bclass {name}\b", File.ReadAllText(file));
        }
    }

    [Fact]
    public void Page_EveryThreat_HasATest()
    {
        string[] threats = [
            .. Page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Split('|').Length == 6)];
        Assert.True(threats.Length >= 25, $"Only {threats.Length} rows were found.");
        // The heading of each table names the column.
        Assert.All(threats, row => Assert.True(row.EndsWith("| test |", StringComparison.Ordinal) || Test.IsMatch(row), row));
    }

    [Fact]
    public void SecurityTests_AreAllOnThePage()
    {
        string[] folders = ["Functions.Tests/Security", "ModelScope.Tests/Security", "EndToEnd/Security", "EndToEnd/Access"];
        var names = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", folder), "*Tests.cs"))
            .Select(file => Path.GetFileNameWithoutExtension(file));
        foreach (var name in names.Where(name => name != nameof(SecurityPageTests)))
            Assert.Contains($"[`{name}`]", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NumberOfAddresses_IsRight()
    {
        var count = HostileUrls.Literals.Count + HostileUrls.Names.Count + HostileUrls.NoPictureHosts.Count;
        Assert.Contains($" has {count.ToString(CultureInfo.InvariantCulture)} addresses", Page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\[`(?<name>\w+Tests)`\]\((?<path>[^)]+\.cs)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Test { get; }
}
