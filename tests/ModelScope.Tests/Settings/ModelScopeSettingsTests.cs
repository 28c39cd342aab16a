namespace Darkroom.ModelScope.Tests.Settings;

public sealed class ModelScopeSettingsTests
{
    [Fact]
    public void Find_SeveralTokens_UsesTheFirst()
    {
        Assert.Equal("ms-1", Find(("MODELSCOPE_API_TOKEN", "ms-1"), ("MODELSCOPE_API_KEY", "ms-2"), ("MODELSCOPE_SDK_TOKEN", "ms-3")));
        Assert.Equal("ms-2", Find(("MODELSCOPE_API_KEY", "ms-2"), ("MODELSCOPE_SDK_TOKEN", "ms-3")));
        Assert.Equal("ms-3", Find(("MODELSCOPE_SDK_TOKEN", "ms-3")));
    }

    [Fact]
    public void Find_OnlyPlaceholders_FindsNoToken() => Assert.Equal(
        "", Find(("MODELSCOPE_API_TOKEN", "<MODELSCOPE_SDK_TOKEN>"), ("MODELSCOPE_API_KEY", "ms-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("http://127.0.0.1:7090", "http://127.0.0.1:7090")]
    public void Find_BaseUrl_IsNullWhenNotSet(string? set, string? found) =>
        Assert.Equal(found, ModelScopeSettings.Find(name => name == ModelScopeSettings.BaseUrlName ? set : null).BaseUrl);

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

    private static string Find(params (string Name, string Value)[] environment)
    {
        var token = ModelScopeSettings.Find(name => environment.FirstOrDefault(entry => entry.Name == name).Value).Token;
        return token.IsEmpty ? "" : token.Reveal();
    }
}
