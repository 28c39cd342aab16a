using System.Text.RegularExpressions;
using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Docs;

/// <summary>Links in the documents point to files and headings that exist.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => new(
        Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Links_PointToExistingFilesAndHeadings(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var broken = Link.Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(link => link.Groups["target"].Value)
            .Where(target => !LeadsSomewhere(folder, page, target));
        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("../README.md#no-such-heading")]
    [InlineData("no-such-file.md")]
    [InlineData("#no-such-heading")]
    public void LeadsSomewhere_BrokenLink_IsFalse(string target) =>
        Assert.False(LeadsSomewhere(Path.Combine(Repository.Root, "docs"), "docs/operations.md", target));

    private static bool LeadsSomewhere(string folder, string page, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            return true;
        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? Path.Combine(Repository.Root, page) : Path.Combine(folder, path);
        if (!Path.Exists(file))
            return false;
        return anchor is null || !file.EndsWith(".md", StringComparison.Ordinal) || Anchors(File.ReadAllText(file)).Contains(anchor);
    }

    // The anchors that GitHub generates: lower case, only letters, digits, hyphens and underscores, and hyphens for spaces.
    private static HashSet<string> Anchors(string text) =>
    [
        .. Heading.Matches(text).Select(
            heading => NotInAnchors.Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')),
        .. NamedAnchor.Matches(text).Select(anchor => anchor.Groups["name"].Value),
    ];

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInAnchors { get; }

    [GeneratedRegex(@"<a id=""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedAnchor { get; }
}
