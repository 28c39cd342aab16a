using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Description;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Functions;

/// <summary>
/// Generates a static method for each function of the app, because the WebJobs SDK runs methods. The method calls
/// <see cref="FunctionEntry"/> with the name of the function, the value of the trigger, and the arguments that the SDK provides.
/// </summary>
internal sealed class FunctionTypeBuilder(BindingAttributes attributes, TimeSpan? timeout)
{
    private static readonly Type[] AfterTrigger = [
        typeof(Microsoft.Azure.WebJobs.Binder),
        typeof(Microsoft.Azure.WebJobs.ExecutionContext),
        typeof(ILogger),
        typeof(CancellationToken)];
    private static readonly MethodInfo Entry = typeof(FunctionEntry).GetMethod(nameof(FunctionEntry.InvokeAsync))!;

    /// <summary>Builds one type with a method for each function, of the same name.</summary>
    public Type Build(IEnumerable<Function> functions)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Functions"), AssemblyBuilderAccess.Run);
        var type = assembly.DefineDynamicModule("Functions").DefineType(
            "Functions", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach (var function in functions)
            Define(type, function);
        return type.CreateType();
    }

    private void Define(TypeBuilder type, Function function)
    {
        var (attribute, valueType) = attributes.Of(function, function.Trigger);
        // These triggers (orchestration, activity, entity) use the return value, and find it by the same attribute on the return parameter.
#pragma warning disable CS0618 // marked obsolete because of a planned redesign; the Durable extension uses it
        var returns = attribute.GetType().GetCustomAttribute<BindingAttribute>()?.TriggerHandlesReturnValue == true;
#pragma warning restore CS0618
        var method = type.DefineMethod(
            function.Name, MethodAttributes.Public | MethodAttributes.Static, returns
                ? typeof(Task<object>)
                : typeof(Task), [valueType, .. AfterTrigger]);
        method.SetCustomAttribute(
            new CustomAttributeBuilder(typeof(FunctionNameAttribute).GetConstructor([typeof(string)])!, [function.Name]));
        if (function.IsHttp)
            method.SetCustomAttribute(new CustomAttributeBuilder(typeof(NoAutomaticTriggerAttribute).GetConstructor([])!, []));
        if (timeout is { } longest)
            method.SetCustomAttribute(Timeout(longest));
        if (function.Metadata.RetryOptions is { } retry)
            method.SetCustomAttribute(Retry(retry));

        var onTrigger = BindingAttributes.Builder(attribute);
        method.DefineParameter(1, ParameterAttributes.None, function.Trigger.Name).SetCustomAttribute(onTrigger);
        string[] names = ["_binder", "_context", "_logger", "_cancellation"];
        for (var index = 0; index < names.Length; index++)
            method.DefineParameter(index + 2, ParameterAttributes.None, names[index]);
        if (returns)
            method.DefineParameter(0, ParameterAttributes.Retval, strParamName: null).SetCustomAttribute(onTrigger);

        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, function.Name);
        code.Emit(OpCodes.Ldarg_0);
        if (valueType.IsValueType)
            code.Emit(OpCodes.Box, valueType);
        for (var index = 1; index <= AfterTrigger.Length; index++)
            code.Emit(OpCodes.Ldarg, index);
        code.Emit(OpCodes.Call, Entry);
        code.Emit(OpCodes.Ret);
    }

    private static CustomAttributeBuilder Timeout(TimeSpan longest) => new(
        typeof(TimeoutAttribute).GetConstructor([typeof(string)])!, [longest.ToString("c", CultureInfo.InvariantCulture)],
        [typeof(TimeoutAttribute).GetProperty(nameof(TimeoutAttribute.ThrowOnTimeout))!], [true]);

    private static CustomAttributeBuilder Retry(RpcRetryOptions retry) =>
        retry.RetryStrategy == RpcRetryOptions.Types.RetryStrategy.FixedDelay
        ? new CustomAttributeBuilder(
            typeof(FixedDelayRetryAttribute).GetConstructor([typeof(int), typeof(string)])!, [
                retry.MaxRetryCount, retry.DelayInterval.ToTimeSpan().ToString("c")])
        : new CustomAttributeBuilder(
            typeof(ExponentialBackoffRetryAttribute).GetConstructor([typeof(int), typeof(string), typeof(string)])!,
            [retry.MaxRetryCount, retry.MinimumInterval.ToTimeSpan().ToString("c"), retry.MaximumInterval.ToTimeSpan().ToString("c")]);
}
