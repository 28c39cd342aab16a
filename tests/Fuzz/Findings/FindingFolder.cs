using System.Globalization;
using System.Security.Cryptography;

namespace Darkroom.Fuzz.Findings;

/// <summary>Saves findings: the bytes, and beside them what happened and the seed of the run.</summary>
/// <param name="seed">The seed of the run.</param>
/// <param name="folder">Where they are saved.</param>
internal sealed class FindingFolder(int seed, string folder)
{
    /// <summary>Saves a finding. Returns the path of its bytes.</summary>
    public string Save(Finding finding)
    {
        Directory.CreateDirectory(folder);
        var hash = Convert.ToHexStringLower(SHA256.HashData(finding.Input))[..12];
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{finding.Target}-{hash}"));
        File.WriteAllBytes(path, finding.Input);
        File.WriteAllText(
            path + ".txt",
            $"""
            target: {finding.Target}
            seed:   {seed}
            what:   {finding.Key}

            {finding.Details}

            To keep the input as a test, copy the file without .txt to tests/Fuzz/Seeds/{finding.Target}.

            """);
        return path;
    }
}
