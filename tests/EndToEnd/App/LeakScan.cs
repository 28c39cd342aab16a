using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Darkroom.EndToEnd;

/// <summary>Searches a storage account for leaks: every blob that is no picture, every table row and every queue message.</summary>
internal static class LeakScan
{
    /// <summary>Fails on the first leak. Returns the number of blobs, rows and messages that were searched.</summary>
    public static async Task<int> OfAsync(string connection)
    {
        var searched = 0;
        await foreach (var (place, text) in TextsAsync(connection))
        {
            searched++;
            if (Leaks.FindInLog(text) is { } leak)
                Assert.Fail($"{place}: {leak}");
        }

        return searched;
    }

    /// <summary>The places of the storage that contain a text.</summary>
    public static async Task<IReadOnlyList<string>> PlacesOfAsync(string connection, string wanted)
    {
        var places = new List<string>();
        await foreach (var (place, text) in TextsAsync(connection))
        {
            if (text.Contains(wanted, StringComparison.Ordinal))
                places.Add(place);
        }

        return places;
    }

    private static async IAsyncEnumerable<(string Place, string Text)> TextsAsync(string connection)
    {
        var blobs = new BlobServiceClient(connection);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            var inside = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in inside.GetBlobsAsync())
            {
                if (!blob.Properties.ContentType.StartsWith("image/", StringComparison.Ordinal))
                    yield return ($"{container.Name}/{blob.Name}", $"{blob.Name}\n{await TextOfAsync(inside.GetBlobClient(blob.Name))}");
            }
        }

        var tables = new TableServiceClient(connection);
        await foreach (var table in tables.QueryAsync())
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                yield return ($"{table.Name}({row.PartitionKey},{row.RowKey})", string.Join('\n', row.Select(cell => cell.Value)));
        }

        var queues = new QueueServiceClient(connection);
        await foreach (var queue in queues.GetQueuesAsync())
        {
            foreach (var message in (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value)
                yield return (queue.Name, $"{message.Body}\n{DecodedOf(message.Body.ToString())}");
        }
    }

    // The engine compresses large messages and stores them as blobs.
    private static async Task<string> TextOfAsync(BlobClient blob)
    {
        // The app may delete a blob after it was listed.
        var content = await blob.ExistsAsync() ? (await blob.DownloadContentAsync()).Value.Content : BinaryData.Empty;
        var bytes = content.ToArray();
        if (bytes is not [0x1F, 0x8B, ..])
            return Encoding.UTF8.GetString(bytes);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return await reader.ReadToEndAsync();
    }

    private static string DecodedOf(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : "";
    }
}
