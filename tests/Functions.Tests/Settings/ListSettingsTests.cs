using Darkroom.Settings;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Functions.Tests.Settings;

public sealed class ListSettingsTests
{
    [Theory]
    [InlineData("Darkroom:BatchContainers", "inbox,drop-2")]
    [InlineData("Darkroom:WebOrigins", "https://studio.example,http://localhost:3000/")]
    public void Read_ValidList_ReturnsItsItems(string name, string value)
    {
        var settings = Read(name, value);
        Assert.Equal(value.Split(','), name.EndsWith("Origins", StringComparison.Ordinal) ? settings.WebOrigins : settings.BatchContainers);
    }

    [Theory]
    [InlineData("Darkroom:BatchContainers", "inbox,Inbox")]
    [InlineData("Darkroom:BatchContainers", "in")]
    [InlineData("Darkroom:BatchContainers", "a--b")]
    [InlineData("Darkroom:BatchContainers", "in/box")]
    [InlineData("Darkroom:WebOrigins", "studio.example")]
    [InlineData("Darkroom:WebOrigins", "https://studio.example/page")]
    [InlineData("Darkroom:WebOrigins", "*")]
    [InlineData("Darkroom:WebOrigins", "file:///page")]
    public void Read_InvalidList_NamesTheSetting(string name, string value)
    {
        var message = Assert.Throws<InvalidOperationException>(() => Read(name, value)).Message;
        Assert.Contains(name.Replace(":", "__", StringComparison.Ordinal), message, StringComparison.Ordinal);
        Assert.Contains(value, message, StringComparison.Ordinal);
    }

    private static DarkroomSettings Read(string name, string value) =>
        DarkroomSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [name] = value }).Build());
}
