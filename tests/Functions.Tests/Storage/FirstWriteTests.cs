using Azure.Storage.Blobs;
using Darkroom.Storage;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Storage;

public sealed class FirstWriteTests
{
    [Fact]
    public async Task DecideAsync_ManyWritersAtOnce_OneWins_AndAllGetItsValue()
    {
        var container = new BlobServiceClient((await Azurite.SharedAsync()).ConnectionString).GetBlobContainerClient("first-writes");
        await container.CreateIfNotExistsAsync();
        var blob = container.GetBlobClient(Guid.NewGuid().ToString());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(number => FirstWrite.DecideAsync(blob, new Ticket(number), CancellationToken.None)));

        var mine = Assert.Single(answers.Select((answer, number) => (answer.IsMine, number)), one => one.IsMine);
        Assert.All(answers, answer => Assert.Equal(mine.number, answer.Value.Number));
        Assert.Equal((new Ticket(mine.number), false), await FirstWrite.DecideAsync(blob, new Ticket(99), CancellationToken.None));
    }

    private sealed record Ticket(int Number);
}
