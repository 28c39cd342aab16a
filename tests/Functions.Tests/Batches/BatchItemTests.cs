using Darkroom.Batches;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Functions.Tests.Batches;

/// <summary>The written form of an item.</summary>
public sealed class BatchItemTests
{
    [Fact]
    public void BatchItem_WrittenAndRead_IsTheSame()
    {
        var item = new BatchItem(
            17, 3, "c\"1", new JobRequest { Image = new ImageRequest { Prompt = $"金色的猫 😀", Seed = 5 }, Priority = Lane.Bulk });
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        item.WriteTo(buffer);
        var line = buffer.WrittenMemory[..^1];
        var read = BatchItem.Read(line);
        Assert.Equal(
            (item.Line, item.Index, item.CustomId, CanonicalRequest.Write(item.Request)),
            (read.Line, read.Index, read.CustomId, CanonicalRequest.Write(read.Request)));
        Assert.Equal("17.3", BatchItem.KeyOf(line.Span));
        Assert.Equal((17, 3), BatchItem.ParseKey("17.3"));
    }
}
