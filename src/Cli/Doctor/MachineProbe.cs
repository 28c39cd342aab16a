using Darkroom.Cli.Develop;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Doctor;

/// <summary>Looks at this machine: tools, packages, ports and the state folder.</summary>
internal sealed class MachineProbe(string root, Configured configured)
{
    public const int AppPort = 7071;

    private static readonly int[] StoragePorts = [10000, 10001, 10002];

    public async Task<MachineFacts> LookAsync(CancellationToken cancellation)
    {
        var tools = new Tools(root);
        var (sdk, node) = (tools.SdkAsync(cancellation), tools.NodeAsync(cancellation));
        return new MachineFacts
        {
            Sdk = await sdk,
            Node = await node,
            AreNpmPackagesCurrent = new NpmPackages(root).AreCurrent(all: false),
            Ports = [.. StoragePorts.Prepend(AppPort).Select(LookAt)],
            State = LookAt(Path.Combine(root, ".darkroom")),
            IsOtherStorage = !LocalStorage.IsWanted(configured),
        };
    }

    private static PortFacts LookAt(int port)
    {
        if (Ports.IsFree(port))
            return new PortFacts(port) { IsFree = true };
        var holder = PortHolder.Of(port);
        return new PortFacts(port, holder) { IsOurs = holder is { } process && IsOurs(ProcessCommands.Of(process)) };
    }

    private static bool IsOurs(string command) =>
        command.Contains("Darkroom.", StringComparison.Ordinal) || command.Contains("azurite", StringComparison.OrdinalIgnoreCase);

    // Writes a file only into a folder that exists already, so that doctor leaves nothing behind.
    private static StateFacts LookAt(string folder)
    {
        var existing = Directory.Exists(folder) ? folder : Path.GetDirectoryName(folder)!;
        try
        {
            using var probe = new FileStream(
                Path.Combine(existing, $".doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
                FileOptions.DeleteOnClose);
            return new StateFacts(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new StateFacts(folder, exception.Message);
        }
    }
}
