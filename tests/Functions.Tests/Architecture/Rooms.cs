using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Architecture;

/// <summary>
/// The folders of src/Functions, and which of them may use which. A room may use itself, and the rooms that are listed for it.
/// </summary>
internal static class Rooms
{
    private static readonly string[] Basics = ["Requests", "Settings", "Storage", "Telemetry"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Settings"] = [],
        ["Requests"] = ["Settings"],
        ["Telemetry"] = [],
        ["Storage"] = ["Settings"],
        ["Durable"] = ["Storage"],
        ["Usage"] = [.. Basics],
        ["Gate"] = ["Usage", "Durable", .. Basics],
        ["Jobs"] = ["Gate", "Usage", "Durable", .. Basics],
        ["Batches"] = ["Jobs", "Gate", "Usage", "Durable", .. Basics],
        ["Queues"] = ["Batches", "Jobs", "Durable", .. Basics],
        ["Webhooks"] = ["Batches", "Jobs", "Durable", .. Basics],
        ["Maintenance"] = ["Webhooks", "Queues", "Batches", "Jobs", "Gate", "Durable", .. Basics],
        ["Api"] = ["Webhooks", "Batches", "Jobs", "Gate", "Usage", "Durable", .. Basics],
    };

    /// <summary>The uses in an assembly that go against the map, each with the file that has it.</summary>
    public static IReadOnlyList<string> Breaks(System.Reflection.Assembly assembly)
    {
        var types = new ArchLoader().LoadAssemblies(assembly).Build().Types;
        return [
            .. types.SelectMany(Uses)
                .Where(use => !IsAllowed(use.From, use.To))
                .Select(use => $"{FileOf(use.Type)}: {use.From} may not use {use.To} ({use.Target}).")
                .Distinct()
                .Order()];
    }

    private static IEnumerable<(string Type, string From, string To, string Target)> Uses(IType type) =>
        from dependency in type.Dependencies
        let room = RoomOf(type)
        let other = RoomOf(dependency.Target)
        where room is not null && other is not null && room != other
        select (NameOf(type), room, other, NameOf(dependency.Target));

    private static bool IsAllowed(string from, string to) => MayUse.TryGetValue(from, out var rooms) && rooms.Contains(to);

    // The namespace below Darkroom; the types at the top put everything together, and may use all. Other projects have namespaces of their
    // own.
    private static string? RoomOf(IType type)
    {
        var parts = (type.Namespace?.FullName ?? "").Split('.');
        return parts is ["Darkroom", var room, ..]
            && (MayUse.ContainsKey(room) || Directory.Exists(Path.Combine(Repository.Root, "src/Functions", room))) ? room : null;
    }

    // What the compiler makes of a lambda or an async method is named after the type that has it.
    private static string NameOf(IType type) => type.FullName.Split('.')[^1].Split('+', '/')[0].Split('`')[0];

    private static string FileOf(string type)
    {
        string[] declarations = [.. new[] { "class", "record", "struct", "enum", "interface" }.Select(kind => $" {kind} {type}")];
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Functions"), "*.cs", SearchOption.AllDirectories);
        return files.FirstOrDefault(file => declarations.Any(File.ReadAllText(file).Contains)) is { } found
            ? Path.GetRelativePath(Repository.Root, found)
            : type;
    }
}
