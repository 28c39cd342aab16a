using System.Text.Json.Nodes;
using Darkroom.Queues;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Queues;

/// <summary>Reads the messages of the queue darkroom-jobs.</summary>
public sealed class QueueMessageTests
{
    [Fact]
    public void Read_AnyJson_IsAJobABatchOrHasProblems() =>
        Properties.ForAll(
            JsonGen.Objects("prompt", "id", "batch", "size", "seed"),
            text => QueueMessage.Read(text, "Owner/Name", ["inbox"]) switch
            {
                QueueMessage.Job job => job.Request.Image.Prompt is { Length: > 0 },
                QueueMessage.Batch batch => batch.Container == "inbox" && batch.Blob.Length > 0,
                QueueMessage.Invalid invalid => invalid.Problems.Count > 0,
                _ => false,
            });

    [Theory]
    [InlineData("""{"batch":{"blob":"inbox/b","contentType":"text/csv"},"\ud800":1}""")]
    [InlineData("""{"batch":{"blob":"inbox/b","contentType":"text/csv","\ud800":1}}""")]
    [InlineData("""{"prompt":"a","\ud800":1}""")]
    public void QueueMessage_InvalidUnicodeInAName_IsRefused(string text) =>
        Assert.Equal("body", Assert.IsType<QueueMessage.Invalid>(QueueMessage.Read(text, "Owner/Name", ["inbox"])).Problems[0].Field);

    [Theory]
    [InlineData("azure-webjobs-secrets/host.json")]
    [InlineData("Azure-WebJobs-Secrets/host.json")]
    [InlineData("darkroom-jobs/cards")]
    [InlineData("mine/a.csv")]
    [InlineData("Inbox/a.csv")]
    [InlineData("inbox/../azure-webjobs-secrets/host.json")]
    [InlineData("inbox/./a.csv")]
    [InlineData("inbox/a/../../pictures/b.csv")]
    [InlineData("inbox/..")]
    [InlineData("inbox//a.csv")]
    [InlineData("inbox/a/")]
    [InlineData("inbox/..\\azure-webjobs-secrets\\host.json")]
    [InlineData("/inbox/a.csv")]
    [InlineData("inbox")]
    [InlineData("$logs/a")]
    [InlineData("darkroom-jobs/a")]
    [InlineData("../inbox/a.csv")]
    public void Blob_OutsideOfTheInboxes_IsRefused(string blob)
    {
        var message = QueueMessage.Read(
            new JsonObject { ["batch"] = new JsonObject { ["blob"] = blob, ["contentType"] = "text/csv" } }.ToJsonString(),
            "Owner/Name",
            ["inbox", "azure-webjobs-secrets", "darkroom-jobs"]);
        Assert.Equal("batch.blob", Assert.Single(Assert.IsType<QueueMessage.Invalid>(message).Problems).Field);
    }

    [Theory]
    [InlineData("inbox/a.csv")]
    [InlineData("darkroom-inbox/a.csv")]
    [InlineData("inbox/a/b..c/d.csv")]
    [InlineData("inbox/%2e%2e/a.csv")]
    public void Blob_InAnInbox_IsUsedUnchanged(string blob)
    {
        var message = QueueMessage.Read(
            new JsonObject { ["batch"] = new JsonObject { ["blob"] = blob, ["contentType"] = "text/csv" } }.ToJsonString(),
            "Owner/Name",
            ["inbox", "darkroom-inbox"]);
        var batch = Assert.IsType<QueueMessage.Batch>(message);
        Assert.Equal(blob, $"{batch.Container}/{batch.Blob}");
    }
}
