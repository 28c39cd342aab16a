namespace Darkroom.EndToEnd;

/// <summary>A app for tests that end the app the hard way, or count everything that goes upstream.</summary>
public sealed class BulkApp : TestApp
{
    public const string Name = "bulk";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Darkroom__AnnounceResults"] = "true",
        ["Darkroom__SubmitTimeoutSeconds"] = "30",
        ["Darkroom__ReadTimeoutSeconds"] = "30",
        // Upstream is instant here; the plan would wait for what real ones take.
        ["MODELSCOPE_IMAGE_POLL_INTERVAL"] = "0.05",
    };
}

[CollectionDefinition(BulkApp.Name)]
public sealed class BulkAppUsers : ICollectionFixture<BulkApp>;
