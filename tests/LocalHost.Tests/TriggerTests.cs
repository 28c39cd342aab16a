using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests;

/// <summary>Triggers and bindings other than HTTP.</summary>
public sealed class TriggerTests(TinyHost tiny) : IClassFixture<TinyHost>
{
    [Fact]
    public async Task QueueTrigger_Message_WritesABlobAndMessages()
    {
        var notes = await tiny.ContainerAsync("notes");
        await notes.GetBlobClient("first.txt").UploadAsync(BinaryData.FromString("with a note"));
        var (orders, copies) = (await tiny.QueueAsync("orders"), await tiny.QueueAsync("copies"));
        await orders.SendMessageAsync("""{"Name":"first","Count":3}""");

        Assert.Equal(["first-0", "first-1", "first-2"], (await TinyHost.ReceiveAsync(copies, 3)).Order());
        var blob = (await tiny.ContainerAsync("copies")).GetBlobClient("first.txt");
        Assert.Equal("first 3 with a note", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task QueueTrigger_FieldLooksLikeADate_IsNotReformatted()
    {
        const string name = "2026-11-25T10:00:00Z";
        await (await tiny.ContainerAsync("notes")).GetBlobClient($"{name}.txt").UploadAsync(BinaryData.FromString("noted"));
        await (await tiny.QueueAsync("orders")).SendMessageAsync($$"""{"Name":"{{name}}","Count":0}""");
        var blob = (await tiny.ContainerAsync("copies")).GetBlobClient($"{name}.txt");
        await Until.TrueAsync(async () => await blob.ExistsAsync(), () => "The blob does not exist.");
    }

    [Fact]
    public async Task QueueTrigger_MessageAlwaysFails_IsMovedToThePoisonQueue()
    {
        var (orders, poison) = (await tiny.QueueAsync("orders"), await tiny.QueueAsync("orders-poison"));
        const string message = """{"Name":"poison","Count":0}""";
        await orders.SendMessageAsync(message);
        Assert.Equal([message], await TinyHost.ReceiveAsync(poison, 1));
    }

    [Fact]
    public async Task BlobTrigger_NewBlob_Runs()
    {
        var (inbox, seen) = (await tiny.ContainerAsync("inbox"), await tiny.QueueAsync("seen"));
        await inbox.GetBlobClient("picture.png").UploadAsync(BinaryData.FromBytes(new byte[77]));
        Assert.Equal(["picture.png:77"], await TinyHost.ReceiveAsync(seen, 1));
    }

    [Fact]
    public async Task TimerTrigger_RunFails_IsRetried() =>
        Assert.All(await TinyHost.ReceiveAsync(await tiny.QueueAsync("ticks"), 1), tick => Assert.Equal("tick after 2 retries", tick));

    [Fact]
    public async Task AdminEndpoint_Post_RunsTheFunction()
    {
        await (await tiny.ContainerAsync("notes")).GetBlobClient("hand.txt").UploadAsync(BinaryData.FromString("noted"));
        using var answer = await tiny.Http.PostAsync(
            "admin/functions/Copy",
            new StringContent("""{"input":"{\"Name\":\"hand\",\"Count\":0}"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        var blob = (await tiny.ContainerAsync("copies")).GetBlobClient("hand.txt");
        await Until.TrueAsync(async () => await blob.ExistsAsync(), () => "The function did not run.");
    }
}
