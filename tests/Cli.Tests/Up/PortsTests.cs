using System.Net;
using System.Net.Sockets;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class PortsTests
{
    [Fact]
    public void A_taken_port_is_explained_with_its_holder_and_the_way_out()
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
    public void A_port_that_is_held_on_every_address_is_taken_too()
    {
        using var holder = new TcpListener(IPAddress.Any, 0);
        holder.Start();

        Assert.False(Ports.IsFree(((IPEndPoint)holder.LocalEndpoint).Port));
    }

    [Fact]
    public void A_port_that_was_given_back_is_free()
    {
        var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        holder.Dispose();

        Ports.RequireFree("--port", "Darkroom", port, 0);
        Assert.Null(Ports.HolderOf(port));
    }
}
