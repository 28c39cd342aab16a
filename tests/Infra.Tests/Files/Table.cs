using System.Text.Json;
using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Files;

/// <summary>Reads the tables that the rules compare with. They hold facts, each with a source or a reason.</summary>
internal static class Table
{
    public static T Read<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Infra.Tests", "Tables", $"{name}.json")))!;
}
