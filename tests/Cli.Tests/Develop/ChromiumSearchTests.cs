using Darkroom.Cli.Develop;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Tests.Develop;

public sealed class ChromiumSearchTests
{
    private const string MacChrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

    [Fact]
    public void Find_Variable_IsFirst() => Assert.Equal("/mine", Search("/mine", ["/mine"], ["chromium"]).Find());

    [Fact]
    public void Find_VariableNamesNoFile_Fails() =>
        Assert.StartsWith(
            "DARKROOM_CHROMIUM: ",
            Assert.Throws<CommandException>(() => Search("/gone", [], ["chromium"]).Find()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Find_PathThenPlaces_UsesTheFirst()
    {
        Assert.Equal("/usr/bin/chromium", Search(null, [MacChrome], ["microsoft-edge", "chromium"]).Find());
        Assert.Equal("/usr/bin/microsoft-edge", Search(null, [MacChrome], ["microsoft-edge"]).Find());
        Assert.Equal(MacChrome, Search(null, [MacChrome], []).Find());
        Assert.Null(Search(null, [], []).Find());
    }

    [Fact]
    public void SearchPath_Windows_TriesTheExtensions()
    {
        var npm = Path.Combine(@"C:\node", "npm.CMD");

        var found = SearchPath.Find(
            "npm", name => name == "PATH" ? @"C:\Windows;C:\node" : ".EXE;.CMD", path => path == npm, isWindows: true);

        Assert.Equal(npm, found);
    }

    private static ChromiumSearch Search(string? variable, string[] files, string[] programs) => new()
    {
        Environment = name => name == ChromiumSearch.Variable ? variable : null,
        OnPath = name => programs.Contains(name) ? $"/usr/bin/{name}" : null,
        Exists = files.Contains,
    };
}
