using Darkroom.LocalHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Hosting;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Values_and_the_host_are_read()
    {
        var settings = Read("""
            {
              "IsEncrypted": false,
              "Values": { "A": "text", "B": 5, "C": true, "D": null }, // and more
              "Host": { "LocalHttpPort": 7099, "CORS": "https://a.example, https://b.example", "CORSCredentials": true },
              "ConnectionStrings": { "X": "y" }
            }
            """);
        Assert.Equal([("A", "text"), ("B", "5"), ("C", "true")], settings.Values.Select(value => (value.Key, value.Value)));
        Assert.Equal(7099, settings.Port);
        Assert.Equal(["https://a.example", "https://b.example"], settings.CorsOrigins);
        Assert.True(settings.CorsCredentials);
    }

    [Theory]
    [InlineData("""{"IsEncrypted":true}""", "local.settings.json is encrypted, which only Core Tools can read: run 'func settings decrypt'.")]
    [InlineData("""{"Values":{"A":{"B":"c"}}}""", "local.settings.json: Values.A must be a string, not an object.")]
    [InlineData("""{"Values":["A"]}""", "local.settings.json: Values must be an object, not an array.")]
    [InlineData("""{"Host":{"LocalHttpPort":"7071"}}""", "local.settings.json: Host.LocalHttpPort must be a whole number from 0 to 65535, not \"7071\".")]
    public void What_cannot_be_is_said(string json, string message) =>
        Assert.Equal(message, Assert.Throws<StartException>(() => Read(json)).Message);

    [Fact]
    public async Task Values_become_the_environment_and_the_configuration_but_what_is_there_already_wins()
    {
        var (given, taken, nested) = (Name(), Name(), $"{Name()}__Inner");
        Environment.SetEnvironmentVariable(taken, "from outside");
        try
        {
            await using var app = RunningApp.Build(new AppSettings
            {
                LocalSettingsJson = $$$"""{"Values":{"{{{given}}}":"from the file","{{{taken}}}":"from the file","{{{nested}}}":"deep"}}""",
            });
            var configuration = app.Services.GetRequiredService<IConfiguration>();
            Assert.Equal(("from the file", "from the file"), (Environment.GetEnvironmentVariable(given), configuration[given]));
            Assert.Equal(("from outside", "from outside"), (Environment.GetEnvironmentVariable(taken), configuration[taken]));
            Assert.Equal("deep", configuration[nested.Replace("__", ":", StringComparison.Ordinal)]);
        }
        finally
        {
            foreach (var name in (string[])[given, taken, nested])
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task The_environment_is_development_unless_it_is_said()
    {
        await using var app = RunningApp.Build(new AppSettings());
        Assert.Equal("Development", Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT"));
    }

    private static string Name() => $"DARKROOM_TEST_{Guid.NewGuid():N}";

    private LocalSettings Read(string json) => LocalSettings.Read(_directory.Write("local.settings.json", json));
}
