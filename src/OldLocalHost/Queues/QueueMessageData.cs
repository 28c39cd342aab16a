using System.Globalization;
using Azure.Storage.Queues.Models;
using Darkroom.LocalHost.Functions;

namespace Darkroom.LocalHost.Queues;

/// <summary>What is known of a message besides what it says.</summary>
internal static class QueueMessageData
{
    public static readonly IReadOnlyCollection<string> Names = ["QueueTrigger", "DequeueCount", "ExpirationTime", "Id", "InsertionTime", "NextVisibleTime", "PopReceipt"];

    public static IReadOnlyDictionary<string, object?> Of(QueueMessage message, string text) => InvocationData.Of(
        ("QueueTrigger", text),
        ("DequeueCount", message.DequeueCount.ToString(CultureInfo.InvariantCulture)),
        ("ExpirationTime", Time(message.ExpiresOn)),
        ("Id", message.MessageId),
        ("InsertionTime", Time(message.InsertedOn)),
        ("NextVisibleTime", Time(message.NextVisibleOn)),
        ("PopReceipt", message.PopReceipt));

    private static string? Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
