using System.Collections.Frozen;
using System.Reflection;
using Darkroom.LocalHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Functions;

/// <summary>All functions of the app.</summary>
internal sealed class FunctionCatalog(IReadOnlyList<AppFunction> functions)
{
    /// <summary>By name, those included that a setting switches off.</summary>
    public IReadOnlyList<AppFunction> All { get; } = [.. functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Finds every method with <c>[Function]</c>; whatever is wrong with any of them is reported, not only the first of it.</summary>
    public static FunctionCatalog Find(IEnumerable<Type> types, IConfiguration configuration, StartProblems problems)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var functions = new List<AppFunction>();
        foreach (var method in types.SelectMany(type => type.GetMethods(Declared)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } attribute && FunctionReader.Read(attribute.Name, method, configuration, problems) is { } function)
                functions.Add(function);
        }

        ReportTwins(functions, function => function.Name, "functions", problems);
        ReportTwins(functions.Where(function => function.Kind == TriggerKind.Orchestration), function => function.DurableName, "orchestrations", problems);
        ReportTwins(functions.Where(function => function.Kind == TriggerKind.Activity), function => function.DurableName, "activities", problems);
        return new FunctionCatalog(functions);
    }

    /// <summary>Those that run.</summary>
    public IEnumerable<AppFunction> Enabled(TriggerKind kind) => All.Where(function => function.Kind == kind && !function.IsDisabled);

    /// <summary>Those that run, by what orchestrations call them.</summary>
    public FrozenDictionary<string, AppFunction> ByDurableName(TriggerKind kind) =>
        Enabled(kind).ToFrozenDictionary(function => function.DurableName, StringComparer.OrdinalIgnoreCase);

    private static void ReportTwins(IEnumerable<AppFunction> functions, Func<AppFunction, string> nameOf, string what, StartProblems problems)
    {
        foreach (var twins in functions.GroupBy(nameOf, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            // Two functions of one name are reported once, not again for what they are.
            if (what == "functions" || twins.DistinctBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Count() > 1)
                problems.Add($"{twins.Count()} {what} have the name '{twins.Key}': {string.Join(", ", twins.Select(function => function.EntryPoint))}.");
        }
    }
}
