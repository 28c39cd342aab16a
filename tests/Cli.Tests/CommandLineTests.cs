namespace Darkroom.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("develop")]
    [InlineData("generate")]
    [InlineData("generate|a|b")]
    [InlineData("generate|a|--seed|seven")]
    [InlineData("generate|a|--nonsense")]
    [InlineData("generate|a|--url|nowhere")]
    [InlineData("generate|a|--url|ftp://127.0.0.1")]
    [InlineData("status")]
    [InlineData("status|")]
    [InlineData("status|..")]
    [InlineData("cancel|.")]
    [InlineData("list|--top|0")]
    [InlineData("list|--top|5|--all")]
    [InlineData("batch|missing.txt")]
    [InlineData("batch|a.txt|--on-invalid|guess")]
    [InlineData("batch|a.txt|--no-wait|--out|pictures")]
    [InlineData("list|--top|many")]
    [InlineData("list|--url|http://user:password@127.0.0.1")]
    [InlineData("mcp|--json")]
    [InlineData("mcp|--url|nowhere")]
    [InlineData("up|--port|any")]
    [InlineData("up|--port|1|--port|2")]
    [InlineData("up|--port|70000")]
    [InlineData("up|--port|-1")]
    [InlineData("up|--storage-port|65534")]
    [InlineData("up|--simulator|--upstream|http://127.0.0.1:1")]
    [InlineData("up|--upstream|not-an-address")]
    public async Task Run_InvalidArguments_IsAUsageError(string arguments)
    {
        var run = await CommandRun.OfAsync(_folder.Path, arguments.Length == 0 ? [] : arguments.Split('|'));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.NotEmpty(run.Error.Trim());
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Batch_UnknownExtension_IsAUsageError()
    {
        await File.WriteAllTextAsync(_folder["prompts.docx"], "a cat");

        var run = await CommandRun.OfAsync(_folder.Path, ["batch", "prompts.docx"]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(".csv", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("help|gate|pause")]
    [InlineData("doctor|--help")]
    [InlineData("gate|resume|--help")]
    [InlineData("up|--help")]
    [InlineData("generate|--help")]
    [InlineData("batch|--help")]
    [InlineData("status|--help")]
    [InlineData("list|--help")]
    [InlineData("cancel|--help")]
    [InlineData("download|--help")]
    [InlineData("mcp|--help")]
    public async Task Help_AnyCommand_ExitsWith0AndShowsTheNameDarkroom(string arguments)
    {
        var run = await CommandRun.OfAsync(_folder.Path, arguments.Split('|'));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("darkroom ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Darkroom.Cli", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_RootCommand_ListsTheExitCodes()
    {
        var run = await CommandRun.OfAsync(_folder.Path, ["--help"]);

        Assert.Contains("3  no Darkroom answers", run.Out, StringComparison.Ordinal);
    }
}
