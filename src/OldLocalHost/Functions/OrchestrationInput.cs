using System.Reflection;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Functions;

/// <summary>The second parameter of an orchestration: its input.</summary>
internal static class OrchestrationInput
{
    public static Func<Invocation, object?> Reader(Type type) =>
        typeof(OrchestrationInput).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate<Func<Invocation, object?>>();

    private static object? Read<T>(Invocation invocation) => ((TaskOrchestrationContext)invocation.Trigger!).GetInput<T>();
}
