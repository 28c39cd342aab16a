using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>An app whose storage goes away in the middle of its work, and comes back.</summary>
[Trait(Workshop.Needs, Workshop.OwnApp)]
public sealed class StorageBreaksTests : Workshop
{
    private readonly List<Cable> _cables = [];
    private string _connection = "";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["AzureWebJobsStorage"] = _connection };

    public override async ValueTask InitializeAsync()
    {
        _connection = Cable.InFrontOf((await Azurite.SharedAsync()).ConnectionString, _cables);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _cables.ForEach(cable => cable.Dispose());
    }

    [Fact]
    public async Task The_picture_is_waited_for_and_history_tells_of_it_in_plain_words()
    {
        var prompt = NewPrompt("storage breaks");
        Upstream.Settings = UpstreamSettings with { Seconds = 3600, Speed = 1 };
        var job = await PostAsync(new { prompt, size = "64x64" });
        await UntilAsync(job, now => StatusOf(now) == "generating");

        _cables.ForEach(cable => cable.Cut());
        Upstream.Tasks.FinishAll();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        string history;
        do
        {
            await pace.WaitForNextTickAsync();
            history = await Http.GetStringAsync($"runtime/webhooks/durabletask/instances/{IdOf(job)}?showHistory=true&showHistoryOutput=true");
        }
        while (!history.Contains("TaskFailed", StringComparison.Ordinal));
        Assert.Contains("Storage is in trouble (no answer).", history, StringComparison.Ordinal);
        Assert.Null(Leaks.Find(history));
        Assert.DoesNotContain("   at ", history, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", history, StringComparison.Ordinal);

        _cables.ForEach(cable => cable.Mend());
        var end = await EndOfAsync(job);
        Assert.Equal("succeeded", StatusOf(end));
        Assert.Equal(1, PostsOf(prompt));
    }
}
