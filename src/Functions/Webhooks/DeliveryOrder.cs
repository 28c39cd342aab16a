using System.Text.Json.Serialization;
using Darkroom.Requests;

namespace Darkroom.Webhooks;

/// <summary>
/// Identifies a message to a webhook. The ids follow from what ended, so that an end that is announced twice is one message, and the end of
/// each attempt of a job is a message of its own.
/// </summary>
/// <param name="Kind"><see cref="Job"/> or <see cref="Batch"/>.</param>
/// <param name="Id">The id of the job or batch.</param>
/// <param name="Attempt">The attempt of the job that ended.</param>
public sealed record DeliveryOrder(string Kind, string Id, int Attempt)
{
    public const string Job = "job";
    public const string Batch = "batch";

    /// <summary>The id of the orchestration that delivers the message.</summary>
    [JsonIgnore]
    public string InstanceId => InstanceOf(Id, Attempt);

    /// <summary>The id of the message: the same in every delivery and redelivery.</summary>
    [JsonIgnore]
    public string MessageId => $"msg_{JobIds.Of($"webhook\n{Kind}\n{Id}\n{Attempt}", caller: null)}";

    /// <summary>The id of the orchestration that delivers the message of an attempt.</summary>
    public static string InstanceOf(string id, int attempt) => $"webhook.{id}.{attempt}";
}

/// <summary>The event that makes a running delivery try again at once.</summary>
public sealed record Redelivery
{
    public const string EventName = "redeliver";
}
