using Microsoft.Azure.Functions.Worker;

namespace Darkroom.TinyApp;

/// <summary>Triggers and bindings that move data: queue to blob and queue, blob to queue, timer to queue.</summary>
public static class Triggers
{
    /// <summary>Writes one blob and several messages for each message.</summary>
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

    /// <summary>Writes a message for each blob.</summary>
    [Function("Seen")]
    [QueueOutput("seen")]
    public static string Seen([BlobTrigger("inbox/{name}")] byte[] content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        return $"{name}:{content.Length}";
    }

    /// <summary>Writes a message for each tick, after two retries.</summary>
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

/// <summary>The message of the queue <c>orders</c>.</summary>
public sealed record Order(string Name, int Count);

/// <summary>The two outputs of <c>Copy</c>.</summary>
public sealed record Copies
{
    [BlobOutput("copies/{Name}.txt")]
    public required string Blob { get; init; }

    /// <summary>As many messages as the order's <c>Count</c>.</summary>
    [QueueOutput("copies")]
    public required string[] Messages { get; init; }
}
