using Darkroom.Cli.Develop;

namespace Darkroom.Cli.Tests.Develop;

public sealed class NpmPackagesTests : IDisposable
{
    private static readonly DateTime Then = new(2026, 11, 30, 8, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();

    public NpmPackagesTests()
    {
        Directory.CreateDirectory(_folder["node_modules/azurite"]);
        File.WriteAllText(_folder["package.json"], """{"dependencies":{"azurite":"1"},"devDependencies":{"@redocly/cli":"1"}}""");
        Write("package-lock.json", Then);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AreCurrent_NotInstalled_IsFalse() => Assert.False(new NpmPackages(_folder.Path).AreCurrent(all: false));

    [Fact]
    public void AreCurrent_InstalledBeforeTheLockFile_IsFalse()
    {
        Write("node_modules/.package-lock.json", Then.AddSeconds(-1));

        Assert.False(new NpmPackages(_folder.Path).AreCurrent(all: false));
    }

    [Fact]
    public void AreCurrent_InstalledForUp_IsNotEnoughForTheTests()
    {
        Write("node_modules/.package-lock.json", Then.AddSeconds(1));
        Assert.True(new NpmPackages(_folder.Path).AreCurrent(all: false));
        Assert.False(new NpmPackages(_folder.Path).AreCurrent(all: true));

        Directory.CreateDirectory(_folder["node_modules/@redocly/cli"]);
        Assert.True(new NpmPackages(_folder.Path).AreCurrent(all: true));
    }

    private void Write(string file, DateTime time)
    {
        File.WriteAllText(_folder[file], "{}");
        File.SetLastWriteTimeUtc(_folder[file], time);
    }
}
