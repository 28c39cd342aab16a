using System.Reflection;
using Darkroom.Functions.Tests.Orchestrations.TaskHub;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Finds every activity of the app by its attributes and runs it with the app's services, as the worker does.</summary>
internal static class AppActivities
{
    public static void AddTo(InMemoryTaskHub hub, IServiceProvider services, DurableTaskClient client)
    {
        foreach (var method in typeof(DarkroomServices).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } function && method.GetParameters().Any(IsInput))
                hub.AddActivity(function.Name, input => RunAsync(method, input, services, client));
        }
    }

    private static bool IsInput(ParameterInfo parameter) => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null;

    private static async Task<string?> RunAsync(MethodInfo method, string? input, IServiceProvider services, DurableTaskClient client)
    {
        var target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
        object?[] arguments = [.. method.GetParameters().Select(ArgumentFor)];
        var result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        if (result is not Task task)
            return InMemoryTaskHub.Converter.Serialize(result);
        await task;
        return method.ReturnType.IsGenericType ? InMemoryTaskHub.Converter.Serialize(((dynamic)task).Result) : null;

        object? ArgumentFor(ParameterInfo parameter)
        {
            if (IsInput(parameter))
                return InMemoryTaskHub.Converter.Deserialize(input, parameter.ParameterType);
            return parameter.ParameterType == typeof(DurableTaskClient) ? client : CancellationToken.None;
        }
    }
}
