using System.Text.Json;
using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Files;

/// <summary>The tables that rules compare with: facts with a source or a reason, kept apart from the code that checks.</summary>
internal static class Table
{
    public static T Read<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Infra.Tests", "Tables", $"{name}.json")))!;
}
