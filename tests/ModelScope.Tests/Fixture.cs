namespace Darkroom.ModelScope.Tests;

/// <summary>The exact samples from the API descriptions on which the client is based.</summary>
internal static class Fixture
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));
}
