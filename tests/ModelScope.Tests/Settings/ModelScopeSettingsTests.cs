namespace Darkroom.ModelScope.Tests.Settings;

public sealed class ModelScopeSettingsTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("darkroom-home-");
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("darkroom-work-");

    public void Dispose()
    {
        _home.Delete(recursive: true);
        _work.Delete(recursive: true);
    }

    [Fact]
    public void Find_SeveralTokens_UsesTheFirstPlace()
    {
        WriteConfig("ms-from-config");
        WriteFrontMatter("ms-from-front-matter");
        Assert.Equal(
            "MODELSCOPE_API_TOKEN",
            Find(("MODELSCOPE_API_TOKEN", "ms-1"), ("MODELSCOPE_API_KEY", "ms-2"), ("MODELSCOPE_SDK_TOKEN", "ms-3")).TokenFoundIn);
        Assert.Equal("MODELSCOPE_API_KEY", Find(("MODELSCOPE_API_KEY", "ms-2"), ("MODELSCOPE_SDK_TOKEN", "ms-3")).TokenFoundIn);
        Assert.Equal("MODELSCOPE_SDK_TOKEN", Find(("MODELSCOPE_SDK_TOKEN", "ms-3")).TokenFoundIn);
        Assert.Equal("config.json", Find().TokenFoundIn);
        File.Delete(Path.Combine(_work.FullName, "config.json"));
        Assert.Equal("modelscope-image-gen.local.md", Find().TokenFoundIn);
    }

    [Fact]
    public void Find_OnlyPlaceholders_FindsNoToken()
    {
        WriteConfig("YOUR_MODELSCOPE_API_KEY_HERE");
        Assert.True(
            Find(
                ("MODELSCOPE_API_TOKEN", "<MODELSCOPE_SDK_TOKEN>"),
                ("MODELSCOPE_API_KEY", "ms-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")).Token.IsEmpty);
    }

    [Fact]
    public void Find_FrontMatter_ReadsTokenAndDefaultModel()
    {
        WriteFrontMatter("\"ms-from-front-matter\" # mine");
        var settings = Find();
        Assert.Equal("ms-from-front-matter", settings.Token.Reveal());
        Assert.Equal("Qwen/Qwen-Image", settings.DefaultModel);
    }

    [Theory]
    [InlineData("ms-1")]
    [InlineData("  ms-1\n")]
    [InlineData("\"ms-1\"")]
    [InlineData("'ms-1'")]
    [InlineData("Bearer ms-1")]
    [InlineData("\"Bearer ms-1\"")]
    [InlineData("bearer \"ms-1\"")]
    public void Clean_QuotesAndPrefixes_AreRemoved(string text) => Assert.Equal("ms-1", ApiToken.Clean(text).Reveal());

    [Theory]
    [InlineData("ms-1\r\nX-Injected: 1")]
    [InlineData("ms 1")]
    [InlineData("ms-猫")]
    [InlineData("")]
    [InlineData(null)]
    public void Clean_InvalidInHeader_IsEmpty(string? text) => Assert.True(ApiToken.Clean(text).IsEmpty);

    [Fact]
    public void ToString_OfTokenAndOptions_DoesNotContainTheToken() =>
        Assert.DoesNotContain(
            "ms-1", $"{ApiToken.Clean("ms-1")} {new ModelScopeOptions { Token = ApiToken.Clean("ms-1") }}", StringComparison.Ordinal);

    [Fact]
    public void Find_BrokenFiles_FindsNoToken()
    {
        File.WriteAllText(Path.Combine(_work.FullName, "config.json"), "{\"api_key\": 7");
        Directory.CreateDirectory(Path.Combine(_home.FullName, ".modelscope-image-gen"));
        File.WriteAllText(
            Path.Combine(_home.FullName, ".modelscope-image-gen", "modelscope-image-gen.local.md"), "---\napi_key: ms-1\nno end");
        Assert.True(Find().Token.IsEmpty);
    }

    private ModelScopeSettings Find(params (string Name, string Value)[] environment) =>
        ModelScopeSettings.Find(name => environment.FirstOrDefault(entry => entry.Name == name).Value, _work.FullName, _home.FullName);

    private void WriteConfig(string key) => File.WriteAllText(Path.Combine(_work.FullName, "config.json"), $$"""{"api_key": "{{key}}"}""");

    private void WriteFrontMatter(string key)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.FullName, ".modelscope-image-gen"));
        File.WriteAllText(
            Path.Combine(folder.FullName, "modelscope-image-gen.local.md"),
            $"---\napi_key: {key}\ndefault_model: Qwen/Qwen-Image\n---\n\nNotes.\n");
    }
}
