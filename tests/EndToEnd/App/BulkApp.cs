namespace Darkroom.EndToEnd;

/// <summary>The app for tests that kill the app, or that count everything that is sent upstream.</summary>
public sealed class BulkApp : TestApp
{
    public const string Name = "bulk";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Darkroom__AnnounceResults"] = "true",
        ["Darkroom__SubmitTimeoutSeconds"] = "30",
        ["Darkroom__ReadTimeoutSeconds"] = "30",
        // Tasks end at once here. Without a fixed interval, the poll plan would wait as long as a real task takes.
        ["MODELSCOPE_IMAGE_POLL_INTERVAL"] = "0.05",
    };
}

[CollectionDefinition(BulkApp.Name)]
public sealed class BulkAppUsers : ICollectionFixture<BulkApp>;
