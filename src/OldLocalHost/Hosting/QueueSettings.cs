namespace Darkroom.LocalHost.Hosting;

/// <summary><c>extensions.queues</c> of <c>host.json</c>.</summary>
internal sealed record QueueSettings
{
    /// <summary>How many messages are fetched at a time.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>When as few as this are left running, the next ones are fetched.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>A message that failed this often is set aside.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message that failed stays hidden.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The longest pause between two looks into an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.Base64;

    public static QueueSettings Read(JsonSection section)
    {
        var standard = new QueueSettings();
        var batchSize = section.Number("batchSize", 1, 32) ?? standard.BatchSize;
        return new QueueSettings
        {
            BatchSize = batchSize,
            NewBatchThreshold = section.Number("newBatchThreshold", 0, 1000) ?? batchSize / 2,
            MaxDequeueCount = section.Number("maxDequeueCount", 1, int.MaxValue) ?? standard.MaxDequeueCount,
            VisibilityTimeout = section.Duration("visibilityTimeout", TimeSpan.Zero, TimeSpan.FromDays(7)) ?? standard.VisibilityTimeout,
            MaxPollingInterval = section.Duration("maxPollingInterval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1)) ?? standard.MaxPollingInterval,
            MessageEncoding = section.Choice("messageEncoding", standard.MessageEncoding),
        };
    }
}

/// <summary>How the bytes of a message are written into the text that a queue holds.</summary>
internal enum QueueMessageEncoding
{
    Base64,
    None,
}
