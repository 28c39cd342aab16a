using Darkroom.Cli.Develop;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Doctor;

/// <summary>Decides what the facts about this machine mean.</summary>
internal static class MachineDiagnosis
{
    public static IEnumerable<Finding> Of(MachineFacts facts) =>
    [
        Sdk(facts.Sdk),
        Node(facts.Node),
        Npm(facts),
        .. facts.Ports.Select(Port),
        State(facts.State),
        Storage(facts),
    ];

    private static Finding Sdk(ToolResult version) => Tools.SdkProblem(version) is { } problem
        ? Finding.Problem(".NET SDK", DoctorWords.Missing, problem)
        : Finding.Ok(".NET SDK", version.Output.Trim());

    private static Finding Node(ToolResult version) => Tools.NodeProblem(version) is { } problem
        ? Finding.Problem("Node.js", version.IsSuccess ? version.Output.Trim() : DoctorWords.Missing, problem)
        : Finding.Ok("Node.js", version.Output.Trim());

    private static Finding Npm(MachineFacts facts) => facts.AreNpmPackagesCurrent
        ? Finding.Ok(DoctorWords.NpmPackages, DoctorWords.Installed)
        : Finding.Warning(DoctorWords.NpmPackages, DoctorWords.NotInstalled, DoctorWords.NpmCure);

    private static Finding Port(PortFacts port)
    {
        var check = DoctorWords.Port.With(port.Port);
        if (port.IsFree)
            return Finding.Ok(check, DoctorWords.Free);
        if (port.IsOurs)
            return Finding.Ok(check, DoctorWords.PortIsOurs.With(port.Holder));
        var holder = port.Holder is { } process ? DoctorWords.TakenByProcess.With(process) : DoctorWords.Taken;
        return Finding.Warning(check, holder, port.Port == MachineProbe.AppPort ? DoctorWords.AppPortCure : DoctorWords.StoragePortCure);
    }

    private static Finding State(StateFacts state) => state.Refusal is { } refusal
        ? Finding.Problem(DoctorWords.StateFolder, $"{state.Path}: {refusal}", DoctorWords.StateCure)
        : Finding.Ok(DoctorWords.StateFolder, state.Path);

    private static Finding Storage(MachineFacts facts) => facts.IsOtherStorage
        ? Finding.Ok(DoctorWords.Storage, DoctorWords.StorageConfigured)
        : Finding.Ok(DoctorWords.Storage, DoctorWords.StorageOurs);
}
