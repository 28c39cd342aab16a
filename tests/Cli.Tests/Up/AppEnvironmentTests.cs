using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class AppEnvironmentTests
{
    private static readonly SimulatorAddresses Simulator = new(new Uri("http://127.0.0.1:7090/"), new Uri("http://127.0.0.1:7091/"));
    private static readonly UpOptions Plain = new() { State = "state" };

    [Fact]
    public void Of_Simulator_SetsEverythingTheAppNeeds()
    {
        var set = Of([], [], Simulator);

        Assert.Equal("http://127.0.0.1:7090/", set["MODELSCOPE_INFER_BASE"]);
        Assert.Equal("127.0.0.1:7091", set["Darkroom__PictureHosts"]);
        Assert.Equal("true", set["Darkroom__AllowHttpPictures"]);
        Assert.Equal("0.25", set["Darkroom__PollFloorSeconds"]);
        Assert.Equal("0", set["Darkroom__SubmitGraceSeconds"]);
        Assert.Equal("storage", set["AzureWebJobsStorage"]);
    }

    [Fact]
    public void Of_Simulator_ReplacesTheTokenUnderEveryNameAndSpelling()
    {
        var set = Of(
            [("MODELSCOPE_API_TOKEN", "ms-real"), ("modelscope_sdk_token", "ms-real")],
            [("MODELSCOPE_API_KEY", "ms-real"), ("MODELSCOPE_INFER_BASE", "https://api-inference.modelscope.cn")],
            Simulator);

        Assert.All(
            ["MODELSCOPE_API_TOKEN", "MODELSCOPE_API_KEY", "MODELSCOPE_SDK_TOKEN", "modelscope_sdk_token"],
            name => Assert.Equal("simulated", set[name]));
        Assert.DoesNotContain("ms-real", set.Values);
        Assert.Equal("http://127.0.0.1:7090/", set["MODELSCOPE_INFER_BASE"]);
    }

    [Fact]
    public void Of_ConfiguredSettings_AreKept()
    {
        var set = Of(
            [("Darkroom__PollFloorSeconds", "3"), ("Darkroom__PictureHosts", "pictures.example")],
            [("darkroom:submitGraceSeconds", "9")],
            Simulator);

        Assert.DoesNotContain("Darkroom__PollFloorSeconds", set.Keys);
        Assert.DoesNotContain("Darkroom__SubmitGraceSeconds", set.Keys);
        Assert.Equal("pictures.example,127.0.0.1:7091", set["Darkroom__PictureHosts"]);
    }

    [Fact]
    public void Of_TokenFromAFile_SetsOnlyThatToken()
    {
        var configured = new Configured([KeyValuePair.Create("MODELSCOPE_API_TOKEN", "<MODELSCOPE_SDK_TOKEN>")], []);
        var upstream = UpstreamChoice.Of(Plain, configured, new FoundToken("config.json", "ms-file"));

        var set = AppEnvironment.Of(configured, upstream, simulator: null, storage: null);

        Assert.Equal("ms-file", set["MODELSCOPE_API_TOKEN"]);
        Assert.Equal("https://api-inference.modelscope.cn/", set["MODELSCOPE_INFER_BASE"]);
        Assert.DoesNotContain("AzureWebJobsStorage", set.Keys);
        Assert.DoesNotContain("Darkroom__AllowHttpPictures", set.Keys);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true", true)]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true;", true)]
    [InlineData("AzureWebJobsStorage", "", true)]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=mine", false)]
    [InlineData("AzureWebJobsStorage__accountName", "mine", false)]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "https://mine.example", false)]
    public void IsWanted_StorageSetting_IsFalseOnlyForOtherStorage(string? name, string? value, bool isStarted) =>
        Assert.Equal(isStarted, LocalStorage.IsWanted(new Configured(name is null ? [] : [KeyValuePair.Create(name, value!)], [])));

    private static IReadOnlyDictionary<string, string> Of(
        (string Name, string Value)[] environment, (string Name, string Value)[] local, SimulatorAddresses? simulator)
    {
        var configured = new Configured(
            environment.Select(value => KeyValuePair.Create(value.Name, value.Value)),
            local.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        return AppEnvironment.Of(
            configured, UpstreamChoice.Of(Plain with { Simulator = simulator is not null }, configured, token: null), simulator, "storage");
    }
}
