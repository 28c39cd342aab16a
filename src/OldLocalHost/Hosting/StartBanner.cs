using System.Text;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Http;

namespace Darkroom.LocalHost.Hosting;

/// <summary>What is printed at the start: the functions and where they are, the way Core Tools prints them.</summary>
internal static class StartBanner
{
    public static string Write(FunctionCatalog catalog, IReadOnlyList<HttpRoute> routes, int port, string? keyFile)
    {
        var text = new StringBuilder().AppendLine().AppendLine("Functions:").AppendLine();
        foreach (var route in routes)
            text.Append('\t').Append(route.Function.Name).Append(": ").Append(Methods(route)).AppendLine($" http://localhost:{port}/{route.Template}").AppendLine();
        foreach (var function in catalog.All.Where(function => function.Kind != TriggerKind.Http && !function.IsDisabled))
            text.Append('\t').Append(function.Name).Append(": ").AppendLine(function.Kind.BindingType()).AppendLine();
        foreach (var function in catalog.All.Where(function => function.IsDisabled))
            text.Append("Function ").Append(function.Name).AppendLine(" is disabled.");
        if (keyFile is not null)
            text.Append("Keys are asked for; they are in ").AppendLine(keyFile).AppendLine();
        return text.Append("Ready: http://127.0.0.1:").Append(port).AppendLine().ToString();
    }

    private static string Methods(HttpRoute route) => route.Methods.Count == 0 ? "" : $"[{string.Join(',', route.Methods)}]";
}
