using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class TokenPlacesTests : IDisposable
{
    private readonly TempFolder _work = new();
    private readonly TempFolder _home = new();

    public void Dispose()
    {
        _work.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Find_SeveralPlaces_UsesTheFirst()
    {
        File.WriteAllText(_work["config.json"], """{"api_key":"ms-config"}""");
        Directory.CreateDirectory(_home[".modelscope-image-gen"]);
        File.WriteAllText(
            _home[".modelscope-image-gen/modelscope-image-gen.local.md"], "---\nother: 1\napi_key: \"ms-home\" # mine\n---\napi_key: no\n");

        Assert.Equal(
            "MODELSCOPE_API_TOKEN", Find(("MODELSCOPE_SDK_TOKEN", "c"), ("MODELSCOPE_API_TOKEN", "a"), ("MODELSCOPE_API_KEY", "b"))?.Place);
        Assert.Equal("MODELSCOPE_API_KEY", Find(("MODELSCOPE_SDK_TOKEN", "c"), ("modelscope_api_key", "b"))?.Place);
        Assert.Equal(
            "MODELSCOPE_SDK_TOKEN", Find(("MODELSCOPE_SDK_TOKEN", "c"), ("MODELSCOPE_API_TOKEN", "<MODELSCOPE_SDK_TOKEN>"))?.Place);
        Assert.Equal("ms-config", Find()?.Text);
        File.Delete(_work["config.json"]);
        Assert.Equal(" \"ms-home\"", Find()?.Text);
        File.WriteAllText(_home[".modelscope-image-gen/modelscope-image-gen.local.md"], "api_key: ms-home\n");
        Assert.Null(Find());
    }

    [Theory]
    [InlineData("ms-0f", true)]
    [InlineData("\"Bearer ms-0f\"", true)]
    [InlineData("", false)]
    [InlineData("<MODELSCOPE_SDK_TOKEN>", false)]
    [InlineData("YOUR_API_KEY", false)]
    [InlineData("ms-xxxxxxxx-xxxx", false)]
    [InlineData("two words", false)]
    public void IsToken_Placeholder_IsFalse(string text, bool isToken) => Assert.Equal(isToken, TokenPlaces.IsToken(text));

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"api_key\":7}")]
    [InlineData("not json")]
    public void Find_ConfigOfAnotherProgram_IsIgnored(string config)
    {
        File.WriteAllText(_work["config.json"], config);

        Assert.Null(Find());
    }

    [Fact]
    public void Read_LocalSettings_AreUsedAfterTheEnvironment()
    {
        File.WriteAllText(
            _work["local.settings.json"],
            """{"IsEncrypted":false,"Values":{"PATH":"not this","Darkroom__Slots":3,"nothing":null}, /* a comment */ }""");

        var configured = Configured.Read(_work.Path);

        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), configured["PATH"]);
        Assert.Equal("3", configured["Darkroom:Slots"]);
        Assert.Null(configured["nothing"]);
    }

    [Fact]
    public void Read_LocalSettingsNotJson_FailsWithTheFileName()
    {
        File.WriteAllText(_work["local.settings.json"], "{");

        Assert.Contains(
            "local.settings.json", Assert.Throws<CommandException>(() => Configured.Read(_work.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FoundToken_ToString_DoesNotContainTheToken() =>
        Assert.DoesNotContain("ms-secret", $"{new FoundToken("config.json", "ms-secret")}", StringComparison.Ordinal);

    private FoundToken? Find(params (string Name, string Value)[] environment) =>
        TokenPlaces.Find(
            new Configured(environment.Select(value => KeyValuePair.Create(value.Name, value.Value)), []), _work.Path, _home.Path);
}
