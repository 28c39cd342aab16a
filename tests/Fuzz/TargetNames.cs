namespace Darkroom.Fuzz;

/// <summary>
/// The names of the targets. They stand apart from the targets, because the supervisor must not load the product: it replaces the
/// assemblies by instrumented ones.
/// </summary>
internal static class TargetNames
{
    public const string SelfCheck = "self-check";
    public const string RequestBodies = "requests";
    public const string BatchLines = "batches";
    public const string UpstreamAnswers = "upstream";
    public const string PictureHeaders = "pictures";
    public const string Routes = "routes";
    public const string QueueMessages = "queues";
    public const string Multipart = "multipart";
    public const string WebhookUrls = "webhooks";
    public const string HostJsonFile = "host-json";
    public const string WorkerMessages = "worker";

    public static IReadOnlyList<string> All { get; } =
    [
        SelfCheck, RequestBodies, BatchLines, UpstreamAnswers, PictureHeaders, Routes, QueueMessages, Multipart, WebhookUrls,
        HostJsonFile, WorkerMessages,
    ];
}
