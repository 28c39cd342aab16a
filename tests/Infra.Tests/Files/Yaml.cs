using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Darkroom.Infra.Tests.Files;

/// <summary>Parses YAML, and reads values from its nodes.</summary>
internal static class Yaml
{
    public static bool TryRead(string text, [NotNullWhen(true)] out YamlMappingNode? root, out string problem)
    {
        root = null;
        problem = "";
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            root = stream.Documents is [{ RootNode: YamlMappingNode mapping }] ? mapping : null;
            problem = root is null ? "is not one mapping" : "";
        }
        catch (YamlException exception)
        {
            problem = $"line {exception.Start.Line}: {exception.Message}";
        }

        return root is not null;
    }

    public static YamlNode? Get(this YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out var value) ? value : null;

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    public static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.Children.Select(child => (child.Key.Text() ?? "", child.Value)) : [];

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node as YamlSequenceNode ?? (IEnumerable<YamlNode>)[];
}
