using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests;

/// <summary>The texts of the command in both languages.</summary>
public sealed partial class WordsTests
{
    private static readonly Type[] Sets = [
        .. typeof(Words).Assembly.GetTypes().Where(type => type.Name.EndsWith("Words", StringComparison.Ordinal)
            && type.GetProperty(nameof(Words.ResourceManager), BindingFlags.Static | BindingFlags.NonPublic) is not null)];

    public static TheoryData<string> SetNames => [.. Sets.Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(SetNames))]
    public void Words_BothLanguages_HaveTheSameKeysAndPlaceholders(string set)
    {
        var (english, chinese) = (Read(set, Language.English), Read(set, Language.Chinese));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, word => Assert.Equal(Placeholders(word.Value), Placeholders(chinese[word.Key])));
        Assert.All(english.Values.Concat(chinese.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Theory]
    [MemberData(nameof(SetNames))]
    public void Words_EachKey_IsUsed(string set)
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Cli"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
        var code = string.Concat(sources.Select(File.ReadAllText));

        var unused = Read(set, Language.English).Keys.Where(key => !code.Contains($"{set}.{key}", StringComparison.Ordinal));

        Assert.Empty(unused);
    }

    [Fact]
    public void Words_Chinese_AreNotEnglish()
    {
        // Names and addresses are the same in both languages.
        string[] same = ["Upstream", "CreditsLeft", "FileUnreadable", "ColumnId"];
        var differing = from set in Sets
                        from word in Read(set.Name, Language.Chinese)
                        where !same.Contains(word.Key) && !Chinese.IsMatch(word.Value) && word.Value.Any(char.IsLetter)
                        select $"{set.Name}.{word.Key}";

        Assert.Empty(differing.Except(["OperationsWords.CreditRange"]));
    }

    private static Dictionary<string, string> Read(string set, CultureInfo language)
    {
        var type = Sets.Single(one => one.Name == set);
        var manager = (ResourceManager)type.GetProperty("ResourceManager", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        return manager.GetResourceSet(language, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder.Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chinese { get; }
}
