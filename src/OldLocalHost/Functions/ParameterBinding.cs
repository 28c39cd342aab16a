using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Functions;

/// <summary>Where the value of a parameter comes from.</summary>
/// <param name="parameter">The parameter.</param>
/// <param name="bindingType">The type of its binding, if it counts as one.</param>
/// <param name="read">Gives the value; it throws when what is there does not fit.</param>
internal sealed class ParameterBinding(ParameterInfo parameter, string? bindingType, Func<Invocation, object?> read)
{
    public string Name => parameter.Name!;

    public string? BindingType => bindingType;

    public FunctionParameter Describe() => parameter.HasDefaultValue
        ? new FunctionParameter(Name, parameter.ParameterType, true, parameter.DefaultValue)
        : new FunctionParameter(Name, parameter.ParameterType);

    /// <summary>The values of all parameters.</summary>
    /// <exception cref="FunctionInputConverterException">Something that is there does not fit the parameter that it is meant for.</exception>
    public static object?[] Bind(ImmutableArray<ParameterBinding> bindings, Invocation invocation)
    {
        var values = new object?[bindings.Length];
        List<string>? problems = null;
        Exception? first = null;
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = bindings[i].Read(invocation);
            }
            catch (UnfitValueException unfit)
            {
                (problems ??= []).Add(unfit.Message);
                first ??= unfit.InnerException;
            }
        }

        return problems is null ? values : throw new FunctionInputConverterException(
            $"Error converting {problems.Count} input parameters for Function '{invocation.Function.Name}': {string.Join(Environment.NewLine, problems)}",
            first);
    }

    private object? Read(Invocation invocation)
    {
        try
        {
            return read(invocation);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException or NotSupportedException or ArgumentException)
        {
            throw new UnfitValueException(
                $"Cannot convert input parameter '{Name}' to type '{parameter.ParameterType}' from type 'System.String'. Error:{exception.Message}", exception);
        }
    }

    private sealed class UnfitValueException(string message, Exception reason) : Exception(message, reason);
}
