using System.Net;
using System.Text.Json;

namespace Darkroom.TestKit.Security;

/// <summary>The addresses of <c>hostile-urls.txt</c>, which no part of Darkroom may accept or connect to.</summary>
public static class HostileUrls
{
    private static readonly ILookup<string, string> Lines = Read();

    /// <summary>URLs whose text every consumer refuses.</summary>
    public static IReadOnlyList<string> Literals { get; } = [.. Lines["literal"].Select(Unescape)];

    /// <summary>URLs with a name, and the addresses that the name has. At least one of them is not public.</summary>
    public static IReadOnlyList<(string Url, IPAddress[] Addresses)> Names { get; } = [.. Lines["name"].Select(ReadName)];

    /// <summary>Web addresses that are no picture host.</summary>
    public static IReadOnlyList<string> NoPictureHosts { get; } = [.. Lines["picture-host"].Select(Unescape)];

    private static (string Url, IPAddress[] Addresses) ReadName(string line) =>
        line.Split(' ') is [var url, var addresses]
            ? (Unescape(url), [.. addresses.Split(',').Select(address => IPAddress.Parse(address))])
            : throw new FormatException($"Not a URL with addresses: {line}");

    private static string Unescape(string line) => JsonSerializer.Deserialize<string>($"\"{line}\"")!;

    private static ILookup<string, string> Read()
    {
        var kind = "";
        var lines = new List<(string Kind, string Line)>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "TestKit", "Security", "hostile-urls.txt")))
        {
            if (line.StartsWith('['))
                kind = line[1..line.IndexOf(']', StringComparison.Ordinal)];
            else if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal) && line != "#")
                lines.Add((kind, line));
        }

        return lines.ToLookup(line => line.Kind, line => line.Line);
    }
}
