namespace Darkroom.Cli.Tests;

public sealed class LanguageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "", "en")]
    [InlineData("--lang zh", "", "zh")]
    [InlineData("list --lang=zh", "", "zh")]
    [InlineData("list --lang en", "DARKROOM_LANG=zh", "en")]
    [InlineData("list", "DARKROOM_LANG=zh;LANG=en_US.UTF-8", "zh")]
    [InlineData("list", "DARKROOM_LANG=;LANG=zh_CN.UTF-8", "zh")]
    [InlineData("list", "LC_ALL=C;LANG=zh_CN.UTF-8", "en")]
    [InlineData("list", "LC_MESSAGES=zh_TW;LANG=en_US.UTF-8", "zh")]
    [InlineData("generate -- --lang zh", "", "en")]
    public void Of_OptionAndEnvironment_UsesTheFirst(string arguments, string variables, string language)
    {
        var set = variables.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('='))
            .ToDictionary(one => one[0], one => one[1]);

        var chosen = Language.Of(arguments.Split(' '), name => set.GetValueOrDefault(name));

        Assert.Equal(language == "zh" ? Language.Chinese : Language.English, chosen);
    }

    [Theory]
    [InlineData("--help", "用法", "启动全部程序")]
    [InlineData("generate --help", "退出码", "根据提示词生成图片并保存")]
    [InlineData("status ..", "darkroom list", "ID 为空或只有点号")]
    [InlineData("list --top 0", "--top", "必须是大于 0 的整数")]
    [InlineData("generate a --nonsense", "--nonsense", "“")]
    [InlineData("list --url http://127.0.0.1:1", "./darkroom up", "没有 Darkroom 响应")]
    public async Task Run_Chinese_PrintsItsOwnTextsAndThoseOfTheParserInChinese(string arguments, string one, string other)
    {
        var run = await CommandRun.OfAsync(_folder.Path, [.. arguments.Split(' '), "--lang", "zh"]);

        Assert.Contains(one, run.Out + run.Error, StringComparison.Ordinal);
        Assert.Contains(other, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownLanguage_IsAUsageError()
    {
        var run = await CommandRun.OfAsync(_folder.Path, ["list", "--lang", "fr"]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("zh", run.Error, StringComparison.Ordinal);
    }
}
