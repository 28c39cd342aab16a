using System.Reflection;
using Darkroom.LocalHost.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Functions;

/// <summary>Finds out, once for each parameter of a function, who fills it.</summary>
/// <param name="kind">The function's trigger.</param>
/// <param name="data">What can be had by name: route values, or what is known of a message.</param>
internal sealed class ParameterBinder(TriggerKind kind, IReadOnlyCollection<string> data)
{
    private bool _hasInput;

    /// <summary>Null with the reason when nobody could ever fill it. Call it for the parameters in their order.</summary>
    public ParameterBinding? Find(ParameterInfo parameter, out string problem)
    {
        problem = "";
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<TriggerBindingAttribute>() is not null)
            return Trigger(parameter, ref problem);
        if (parameter.GetCustomAttribute<DurableClientAttribute>() is not null)
            return Client(parameter, ref problem);
        if (type == typeof(FunctionContext))
            return new ParameterBinding(parameter, null, invocation => invocation);
        if (type == typeof(CancellationToken))
            return new ParameterBinding(parameter, null, invocation => invocation.CancellationToken);
        if (kind == TriggerKind.Orchestration && !_hasInput)
        {
            _hasInput = true;
            return new ParameterBinding(parameter, null, OrchestrationInput.Reader(type));
        }

        if (data.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
            return Data(parameter, ref problem);
        if (parameter.HasDefaultValue)
            return new ParameterBinding(parameter, null, _ => Absent(parameter));

        problem = type == typeof(DurableTaskClient)
            ? "it needs the attribute [DurableClient]"
            : "nothing fills it; services are asked for in the constructor of the function's class";
        return null;
    }

    private ParameterBinding? Trigger(ParameterInfo parameter, ref string problem)
    {
        var type = parameter.ParameterType;
        Func<Invocation, object?>? read = kind switch
        {
            TriggerKind.Http when type == typeof(HttpRequest) => invocation => ((HttpContext)invocation.Trigger!).Request,
            TriggerKind.Timer when type == typeof(TimerInfo) => invocation => invocation.Trigger,
            TriggerKind.Orchestration when type == typeof(TaskOrchestrationContext) => invocation => invocation.Trigger,
            TriggerKind.Queue => QueueText.Reader(type),
            TriggerKind.Activity => ActivityInput(parameter),
            _ => null,
        };
        if (read is not null)
            return new ParameterBinding(parameter, kind.BindingType(), read);

        problem = kind switch
        {
            TriggerKind.Http => "[HttpTrigger] gives an HttpRequest",
            TriggerKind.Timer => "[TimerTrigger] gives a TimerInfo",
            TriggerKind.Orchestration => "[OrchestrationTrigger] gives a TaskOrchestrationContext",
            _ => "its trigger gives no such value",
        };
        return null;
    }

    private ParameterBinding? Client(ParameterInfo parameter, ref string problem)
    {
        if (kind == TriggerKind.Orchestration)
            problem = "an orchestration reaches others through its context, never through a client: a replay would do it again";
        else if (parameter.ParameterType != typeof(DurableTaskClient))
            problem = "[DurableClient] gives a DurableTaskClient";
        else
            return new ParameterBinding(parameter, "durableClient", invocation => invocation.HostServices.GetRequiredService<DurableTaskClient>());
        return null;
    }

    private static Func<Invocation, object?> ActivityInput(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return invocation => invocation.Trigger is string text ? invocation.Converter.Deserialize(text, type) : Absent(parameter);
    }

    private static ParameterBinding? Data(ParameterInfo parameter, ref string problem)
    {
        if (TextValue.Parser(parameter.ParameterType) is not { } parse)
        {
            problem = "no text can be read as such a value";
            return null;
        }

        return new ParameterBinding(parameter, null, invocation =>
            invocation.BindingContext.BindingData.TryGetValue(parameter.Name!, out var value) && value is not null
                ? parse(value.ToString()!)
                : Absent(parameter));
    }

    private static object? Absent(ParameterInfo parameter) =>
        parameter.HasDefaultValue && parameter.DefaultValue is { } value ? value
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : null;
}
