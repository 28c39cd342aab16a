namespace Darkroom.Cli.Tests.Completion;

public sealed class SuggestionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("darkroom ga", "gate")]
    [InlineData("darkroom gate p", "pause")]
    [InlineData("darkroom generate a --se", "--seed")]
    [InlineData("darkroom priority j1 bu", "bulk")]
    [InlineData("darkroom usage --by mo", "model")]
    [InlineData("darkroom completion fi", "fish")]
    public async Task Suggest_BeginOfAWord_PrintsWhatFits(string line, string suggestion)
    {
        var run = await CommandRun.OfAsync(_folder.Path, [$"[suggest:{line.Length}]", line]);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains(suggestion, run.Out.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("[suggest]")]
    [InlineData("[suggest:9999]")]
    public async Task Suggest_WithoutAUsablePosition_MeansTheEnd(string directive)
    {
        var run = await CommandRun.OfAsync(_folder.Path, [directive, "darkroom res"]);

        Assert.Equal("resubmit", run.Out.Trim());
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _darkroom")]
    [InlineData("zsh", "#compdef darkroom")]
    [InlineData("fish", "complete --command darkroom")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task Completion_EachShell_PrintsAScript(string shell, string begin)
    {
        var run = await CommandRun.OfAsync(_folder.Path, ["completion", shell]);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains(begin, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_UnknownShell_IsAUsageError() =>
        Assert.Equal(ExitCode.Usage, (await CommandRun.OfAsync(_folder.Path, ["completion", "cmd"])).Code);
}
