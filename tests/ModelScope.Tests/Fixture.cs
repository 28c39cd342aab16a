namespace Darkroom.ModelScope.Tests;

/// <summary>The exact samples of the documents the project grew from.</summary>
internal static class Fixture
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));
}
