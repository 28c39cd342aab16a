using System.Net;
using System.Net.Sockets;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class PortsTests
{
    [Fact]
    public void RequireFree_PortInUse_FailsWithTheProcessIdAndTheOption()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var refusal = Assert.Throws<CommandException>(() => Ports.RequireFree("--port", "Darkroom", port));

        Assert.Equal(
            $"Port {port}, for Darkroom, is taken by process {Environment.ProcessId}. Choose another with --port N, or any free one with "
                + "--port 0.",
            refusal.Message);
        Assert.Equal(ExitCode.Failed, refusal.ExitCode);
    }

    [Fact]
    public void IsFree_PortInUseOnAllAddresses_IsFalse()
    {
        using var holder = new TcpListener(IPAddress.Any, 0);
        holder.Start();

        Assert.False(Ports.IsFree(((IPEndPoint)holder.LocalEndpoint).Port));
    }

    [Fact]
    public void RequireFree_PortReleased_Succeeds()
    {
        var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        holder.Dispose();

        Ports.RequireFree("--port", "Darkroom", port, 0);
        Assert.Null(PortHolder.Of(port));
    }
}
