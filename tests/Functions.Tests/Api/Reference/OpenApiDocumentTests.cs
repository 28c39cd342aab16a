using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Darkroom.Api.Reference;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Api.Reference;

public sealed partial class OpenApiDocumentTests
{
    private static readonly JsonObject Document = JsonNode.Parse(OpenApiDocument.Json)!.AsObject();

    [Fact]
    public void Json_HasTheTypesOfTheYaml()
    {
        Assert.Equal("3.1.1", Document["openapi"]!.GetValue<string>());
        // A text that looks like a number stays a text, and a number is one.
        Assert.Equal("7071", Document["servers"]![1]!["variables"]!["port"]!["default"]!.GetValue<string>());
        var prompt = Document["components"]!["schemas"]!["ImageRequestFields"]!["properties"]!["prompt"]!;
        Assert.Equal(1999, prompt["maxLength"]!.GetValue<int>());
    }

    [Fact]
    public void Paths_AreTheRoutesOfTheApp()
    {
        var documented = Document["paths"]!.AsObject().SelectMany(
            path => path.Value!.AsObject().Where(item => item.Key != "parameters").Select(
                operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(RoutesOfTheApp().Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Operations_HaveUniqueIdsAndDescribedAnswers()
    {
        var operations = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Where(item => item.Key != "parameters").Select(item => item.Value!.AsObject()).ToArray();
        Assert.Equal(operations.Length, operations.Select(one => one["operationId"]!.GetValue<string>()).Distinct().Count());
        Assert.All(operations, one => Assert.NotEmpty(one["responses"]!.AsObject()));
    }

    [Fact]
    public void ErrorsPage_HasASectionForEveryKindOfError()
    {
        var kinds = Kind.Matches(Document.ToJsonString()).Select(match => match.Groups["kind"].Value).Distinct().ToArray();
        Assert.True(kinds.Length > 20);
        Assert.All(kinds, kind => Assert.Contains($"id=\"{kind}\"", ErrorsPage.Html));
    }

    [GeneratedRegex("/docs/errors#(?<kind>[a-z-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Kind { get; }

    // The build of the app writes its triggers into this file; the host reads it.
    private static IEnumerable<string> RoutesOfTheApp()
    {
        var functions = JsonNode.Parse(File.ReadAllText(Path.Combine(BuiltApps.Functions, "functions.metadata")))!.AsArray();
        foreach (var binding in functions.SelectMany(function => function!["bindings"]!.AsArray()))
        {
            if (binding!["type"]!.GetValue<string>() != "httpTrigger")
                continue;
            foreach (var method in binding["methods"]!.AsArray())
                // {*path} is a parameter that may contain slashes. OpenAPI has no notation for that.
                yield return $"{method!.GetValue<string>().ToUpperInvariant()} /{binding["route"]!.GetValue<string>().Replace("{*", "{")}";
        }
    }
}
