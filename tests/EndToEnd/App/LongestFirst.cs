using Darkroom.EndToEnd;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Darkroom.EndToEnd;

/// <summary>
/// Starts the longest test collections first. A long collection that starts last runs alone at the end, while the other processors wait.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // The collections that take longer than a minute and a half, the longest first (dotnet … -xml FILE shows the times).
    private static readonly string[] Long =
    [
        nameof(UpstreamTableTests), BulkApp.Name, nameof(ShipTests), OneSlotApp.Name, OneSlotApp.AnotherName, OpenAiApp.Name,
        nameof(BatchTests), Webhooks.WebhookApp.Name, nameof(KillTests),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(RankOf)];

    private static int RankOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var name = collection.TestCollectionDisplayName;
        var rank = Array.FindIndex(Long, one => name == one || name.Contains($".{one} ", StringComparison.Ordinal));
        return rank < 0 ? Long.Length : rank;
    }
}
