using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Terminal;

/// <summary>What a user sees who makes a mistake, in both languages, in a pseudo-terminal and in a pipe.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<bool, string, string, int, string> Mistakes =>
    [
        .. from isTerminal in new[] { true, false }
           from one in new (string Language, string Arguments, int Code, string Says)[]
           {
               ("en", "list --url http://127.0.0.1:1", ExitCode.Unreachable, "Start one with: ./darkroom up"),
               ("zh", "list --url http://127.0.0.1:1", ExitCode.Unreachable, "启动命令：./darkroom up"),
               ("en", "list --nonsense", ExitCode.Usage, "--nonsense"),
               ("zh", "list --nonsense", ExitCode.Usage, "未识别命令或参数“'--nonsense'”"),
               ("en", "batch missing.txt", ExitCode.Usage, "There is no file"),
               ("zh", "batch missing.txt", ExitCode.Usage, "不存在"),
               ("en", "generate a --lora x --lora y=1", ExitCode.Usage, "has no weight"),
               ("zh", "gate pause --until soon", ExitCode.Usage, "不是时间"),
           }
           select (isTerminal, one.Language, one.Arguments, one.Code, one.Says),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Mistake_IsExplainedInTheLanguageOfTheUser(bool isTerminal, string language, string arguments, int code, string says)
    {
        var run = await RunAsync(isTerminal, language, arguments.Split(' '));

        Assert.True(code == run.Code, $"{run.Code}: {run.Text}");
        Assert.Contains(says, run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "en", null, "Set it with --key or DARKROOM_KEY.")]
    [InlineData(false, "zh", null, "服务器需要密钥")]
    [InlineData(false, "en", "wrong", "does not accept this key")]
    [InlineData(true, "zh", "wrong", "不接受这个密钥")]
    public async Task Key_MissingOrWrong_IsSaid(bool isTerminal, string language, string? key, string says)
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/images", () => Results.StatusCode(401)));

        var run = await RunAsync(isTerminal, language, ["list", "--url", server.Url, .. key is null ? [] : new[] { "--key", key }]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(says, run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", run.Text, StringComparison.Ordinal);
    }

    private Task<(int Code, string Text, string Out)> RunAsync(bool isTerminal, string language, string[] arguments) =>
        CommandProcess.RunAsync(
            isTerminal,
            _folder.Path,
            arguments,
            new Dictionary<string, string> { ["LANG"] = language == "zh" ? "zh_CN.UTF-8" : "en_US.UTF-8" });
}
