using Darkroom.Cli.Tooling;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

/// <summary>What systems without /proc are asked: macOS and Windows. The answers are from their documentation.</summary>
public sealed class OtherSystemsTests
{
    [Theory]
    [InlineData("4711\n4712\n", 4711)]
    [InlineData("", null)]
    [InlineData("lsof: no such option", null)]
    public void FromLsof_Output_IsTheFirstProcess(string output, int? process) => Assert.Equal(process, PortHolder.FromLsof(output));

    [Theory]
    [InlineData(7071, 4711)]
    [InlineData(10000, null)]
    [InlineData(49152, null)]
    public void FromNetstat_Output_IsTheListener(int port, int? process)
    {
        const string output =
            "\r\nAktive Verbindungen\r\n\r\n  Proto  Lokale Adresse  Remoteadresse  Status  PID\r\n"
            + "  TCP    127.0.0.1:7071    0.0.0.0:0        ABHÖREN      4711\r\n"
            + "  TCP    127.0.0.1:49152   127.0.0.1:7071   HERGESTELLT  4712\r\n";

        Assert.Equal(process, PortHolder.FromNetstat(output, port));
    }

    [Fact]
    public void FromPs_ThisProcess_IsItsCommandLine()
    {
        if (SearchPath.Find("ps") is null)
            Assert.Skip("ps is not installed");

        Assert.Equal(ProcessCommands.Of(Environment.ProcessId), ProcessCommands.FromPs(Environment.ProcessId));
        Assert.Equal("", ProcessCommands.FromPs(int.MaxValue));
    }
}
