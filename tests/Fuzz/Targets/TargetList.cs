namespace Darkroom.Fuzz.Targets;

/// <summary>All targets, by their names.</summary>
internal static class TargetList
{
    private static readonly Dictionary<string, Func<FuzzTarget>> All = new(StringComparer.Ordinal)
    {
        [TargetNames.RequestBodies] = () => new RequestBodiesTarget(),
        [TargetNames.BatchLines] = () => new BatchLinesTarget(),
        [TargetNames.UpstreamAnswers] = () => new UpstreamAnswersTarget(),
        [TargetNames.PictureHeaders] = () => new PictureHeadersTarget(),
        [TargetNames.Routes] = () => new RoutesTarget(),
        [TargetNames.QueueMessages] = () => new QueueMessagesTarget(),
        [TargetNames.Multipart] = () => new MultipartTarget(),
        [TargetNames.WebhookUrls] = () => new WebhookUrlsTarget(),
        [TargetNames.HostJsonFile] = () => new HostJsonFileTarget(),
        [TargetNames.WorkerMessages] = () => new WorkerMessagesTarget(),
    };

    public static FuzzTarget Create(string name) => All[name]();
}
