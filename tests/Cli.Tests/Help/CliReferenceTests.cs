using Darkroom.Cli.Help;
using Darkroom.Cli.Server;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Help;

public sealed class CliReferenceTests
{
    [Fact]
    public void Page_IsWhatTheCommandsSay()
    {
        var written = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));

        Assert.True(written == Render(), "docs/cli.md is not what the commands say. Write it with: ./darkroom docs");
    }

    [Fact]
    public void Page_HasEachCommandOnceAndNoHiddenOne()
    {
        string[] headings = [
            .. Render().Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])];

        Assert.Equal(headings.Distinct(), headings);
        Assert.Contains("doctor", headings);
        Assert.DoesNotContain("docs", headings);
    }

    private static string Render() => CliReference.Render(CommandTree.Create(new ServerOptions(new CommandEnvironment
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Variable = _ => null,
        Directory = "/",
    })));
}
