using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Http;
using Darkroom.LocalHost.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Functions;

/// <summary>Reads one method with <c>[Function]</c>.</summary>
internal static partial class FunctionReader
{
    /// <summary>Null when it is no usable function; why is among the problems then.</summary>
    public static AppFunction? Read(string name, MethodInfo method, IConfiguration configuration, StartProblems problems)
    {
        var before = problems.Count;
        void Complain(string what) => problems.Add($"Function '{name}' ({method.DeclaringType}.{method.Name}): {what}.");

        if (string.IsNullOrWhiteSpace(name))
            Complain("the name is blank");
        else if (!ValidName.IsMatch(name) || name.Equals("host", StringComparison.OrdinalIgnoreCase))
            Complain("the name must begin with a letter, go on with letters, digits, - and _, have at most 128 of them, and not be 'host'");
        ReadShape(method, Complain);

        var triggers = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>()).OfType<TriggerBindingAttribute>().ToList();
        if (triggers.Count != 1)
        {
            Complain(triggers.Count == 0 ? "no parameter has a trigger such as [HttpTrigger]" : $"{triggers.Count} parameters have a trigger; a function has one");
            return null;
        }

        if (TriggerKinds.Of(triggers[0]) is not { } kind)
        {
            Complain($"its trigger {triggers[0].GetType().Name} is not supported");
            return null;
        }

        var bindings = Bind(method, new ParameterBinder(kind, DataOf(triggers[0], name)), Complain);
        return problems.Count > before ? null : new AppFunction(name, method, kind, triggers[0], bindings) { IsDisabled = IsDisabled(name, configuration) };
    }

    private static void ReadShape(MethodInfo method, Action<string> complain)
    {
        var type = method.DeclaringType!;
        var result = method.ReturnType;
        if (!method.IsPublic)
            complain("the method is not public");
        if (method.IsGenericMethodDefinition || type.IsGenericTypeDefinition)
            complain("neither the method nor its class may be generic");
        if (!method.IsStatic && (type.IsAbstract || type.IsInterface))
            complain("its class is abstract");
        if (!method.IsStatic && !type.IsAbstract && !type.IsValueType && type.GetConstructors().Length == 0)
            complain("its class has no public constructor");
        if (result == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            complain("it is async void, which nobody can wait for: return a Task");
        if (result == typeof(ValueTask) || Definition(result) == typeof(ValueTask<>))
            complain("it returns a ValueTask, which the worker does not wait for: return a Task");
        if (Definition(result) == typeof(Task<>) && typeof(Task).IsAssignableFrom(result.GetGenericArguments()[0]))
            complain("it returns a task of a task");
    }

    private static ImmutableArray<ParameterBinding> Bind(MethodInfo method, ParameterBinder binder, Action<string> complain)
    {
        var bindings = ImmutableArray.CreateBuilder<ParameterBinding>();
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType.IsByRef)
                complain($"parameter '{parameter.Name}' is passed by reference");
            else if (binder.Find(parameter, out var problem) is { } binding)
                bindings.Add(binding);
            else
                complain($"parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot be filled: {problem}");
        }

        return bindings.ToImmutable();
    }

    private static IReadOnlyCollection<string> DataOf(TriggerBindingAttribute trigger, string name) => trigger switch
    {
        HttpTriggerAttribute http => RouteTemplate.ParameterNames(http.Route ?? name),
        QueueTriggerAttribute => QueueMessageData.Names,
        ActivityTriggerAttribute => ["instanceId"],
        _ => [],
    };

    // Both spellings are in use: not every system allows a dot in the name of an environment variable.
    private static bool IsDisabled(string name, IConfiguration configuration) =>
        (configuration[$"AzureWebJobs.{name}.Disabled"] ?? configuration[$"AzureWebJobs_{name}_Disabled"]) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static Type? Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,127}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValidName { get; }
}
