using Microsoft.Azure.Functions.Worker;

namespace Darkroom.TinyApp;

/// <summary>Triggers and bindings that move data: queue to blob and queue, blob to queue, timer to queue.</summary>
public static class Triggers
{
    /// <summary>Of each message a blob and a message.</summary>
    [Function("Copy")]
    public static Copies Copy([QueueTrigger("orders")] Order order, [BlobInput("notes/{Name}.txt")] string? note)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.Name == "poison"
            ? throw new InvalidOperationException("poison on purpose")
            : new Copies
            {
                Blob = $"{order.Name} {order.Count} {note}",
                Messages = [.. Enumerable.Range(0, order.Count).Select(number => $"{order.Name}-{number}")],
            };
    }

    /// <summary>Tells of each blob.</summary>
    [Function("Seen")]
    [QueueOutput("seen")]
    public static string Seen([BlobTrigger("inbox/{name}")] byte[] content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        return $"{name}:{content.Length}";
    }

    /// <summary>Tells of each tick; the first of each process is tried three times.</summary>
    [Function("Tick")]
    [FixedDelayRetry(2, "00:00:01")]
    [QueueOutput("ticks")]
    public static string Tick([TimerTrigger("*/2 * * * * *")] TimerInfo timer, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(timer);
        return context.RetryContext is { RetryCount: < 2 }
            ? throw new InvalidOperationException("not yet")
            : $"tick after {context.RetryContext?.RetryCount ?? 0} retries";
    }
}

/// <summary>A message.</summary>
public sealed record Order(string Name, int Count);

/// <summary>Two outputs of one function.</summary>
public sealed record Copies
{
    /// <summary>The blob.</summary>
    [BlobOutput("copies/{Name}.txt")]
    public required string Blob { get; init; }

    /// <summary>As many messages as were wanted.</summary>
    [QueueOutput("copies")]
    public required string[] Messages { get; init; }
}
