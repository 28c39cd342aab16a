using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Functions;

/// <summary>A compiled call of a method. Reflection would be asked for each of many thousand calls a second, and would wrap what they throw.</summary>
internal sealed class MethodCall
{
    private static readonly Task<object?> Nothing = Task.FromResult<object?>(null);
    private readonly Func<object?, object?[], Task<object?>> _invoke;
    private readonly Func<IServiceProvider, object>? _create;

    public MethodCall(MethodInfo method)
    {
        _create = method.IsStatic ? null : Creator(method.DeclaringType!);
        var instance = Expression.Parameter(typeof(object), "instance");
        var arguments = Expression.Parameter(typeof(object?[]), "arguments");
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, index) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType)));
        _invoke = Expression.Lambda<Func<object?, object?[], Task<object?>>>(AsTask(call), instance, arguments).Compile();
    }

    /// <summary>A new object of the function's class. It is not disposed of, as the real worker does not do it either; what it was given is.</summary>
    public object CreateInstance(IServiceProvider services) => _create!(services);

    public Task<object?> InvokeAsync(object? instance, object?[] arguments) => _invoke(instance, arguments);

    // A compiled factory does not choose between constructors by what services there are; that takes a look at each call.
    private static Func<IServiceProvider, object> Creator(Type type)
    {
        if (type.GetConstructors().Length > 1)
            return services => ActivatorUtilities.CreateInstance(services, type);
        var factory = ActivatorUtilities.CreateFactory(type, []);
        return services => factory(services, null);
    }

    private static Expression AsTask(MethodCallExpression call)
    {
        if (call.Type == typeof(void))
            return Expression.Block(call, Expression.Constant(Nothing));
        if (call.Type == typeof(Task))
            return Expression.Call(((Func<Task?, Task<object?>>)WithoutResultAsync).Method, call);
        if (call.Type.IsGenericType && call.Type.GetGenericTypeDefinition() == typeof(Task<>))
            return Expression.Call(typeof(MethodCall), nameof(WithResultAsync), call.Type.GetGenericArguments(), call);
        return Expression.Call(typeof(Task), nameof(Task.FromResult), [typeof(object)], Expression.Convert(call, typeof(object)));
    }

    private static async Task<object?> WithoutResultAsync(Task? task)
    {
        await (task ?? throw NoTask());
        return null;
    }

    private static async Task<object?> WithResultAsync<T>(Task<T>? task) => await (task ?? throw NoTask());

    private static InvalidOperationException NoTask() => new("The function returned null where it promises a task.");
}
