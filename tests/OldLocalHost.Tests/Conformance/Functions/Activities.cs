using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

/// <summary>What the conformance orchestrators call. Nothing in this folder knows which engine runs it.</summary>
public static class Activities
{
    /// <summary>How often each key was asked to fail so far.</summary>
    public static ConcurrentDictionary<string, int> Attempts { get; } = new();

    [Function(nameof(SayHello))]
    public static string SayHello([ActivityTrigger] string name) => $"Hello {name}";

    [Function(nameof(Nothing))]
    public static void Nothing([ActivityTrigger] string? input)
    {
    }

    [Function(nameof(FailSomeTimes))]
    public static int FailSomeTimes([ActivityTrigger] Failing input)
    {
        var attempt = Attempts.AddOrUpdate(input.Key, 1, (_, before) => before + 1);
        if (attempt <= input.Times)
            throw new TimeoutException($"attempt {attempt} of {input.Key}", new InvalidOperationException("deep down"));
        return attempt;
    }

    [Function(nameof(Shape))]
    public static Shaped Shape([ActivityTrigger] Shaped input) => input with { Size = input.Size + 1 };

    [Function(nameof(Length))]
    public static int Length([ActivityTrigger] string input) => input.Length;
}

public sealed record Failing(string Key, int Times);

public sealed record Shaped(string Name, int Size);
