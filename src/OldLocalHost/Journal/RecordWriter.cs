using System.Buffers.Binary;
using System.Text;
using Darkroom.LocalHost.History;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Journal;

/// <summary>Writes the values that records are made of into one growing buffer, which is used again for every batch.</summary>
internal sealed class RecordWriter
{
    private byte[] _buffer = new byte[64 * 1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    public void Clear()
    {
        Length = 0;
        // One enormous batch must not be remembered for ever.
        if (_buffer.Length > 16 << 20)
            _buffer = new byte[64 * 1024];
    }

    /// <summary>The bytes from <paramref name="start"/> on, to be filled in or summed up.</summary>
    public Span<byte> From(int start) => _buffer.AsSpan(start, Length - start);

    public Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }

    public RecordWriter Byte(byte value)
    {
        Reserve(1)[0] = value;
        return this;
    }

    public RecordWriter Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Seven bits a byte: most numbers are small.</summary>
    public RecordWriter Number(int value)
    {
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }

        return Byte((byte)rest);
    }

    public RecordWriter Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);
        return this;
    }

    public RecordWriter Time(DateTime value) => Long(value.Ticks);

    public RecordWriter MaybeTime(DateTime? value) => value is null ? Flag(false) : Flag(true).Time(value.Value);

    public RecordWriter Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Number(count);
        Encoding.UTF8.GetBytes(value, Reserve(count));
        return this;
    }

    public RecordWriter MaybeText(string? value) => value is null ? Flag(false) : Flag(true).Text(value);

    public RecordWriter Tags(IReadOnlyDictionary<string, string>? tags)
    {
        Number(tags?.Count ?? 0);
        foreach (var (name, value) in tags ?? new Dictionary<string, string>())
            Text(name).Text(value);
        return this;
    }

    public RecordWriter Parent(ParentLink? parent) =>
        parent is null ? Flag(false) : Flag(true).Text(parent.InstanceId).Text(parent.ExecutionId).Text(parent.Name).Number(parent.TaskId);

    public RecordWriter Failure(TaskFailureDetails? failure)
    {
        if (failure is null)
            return Flag(false);

        return Flag(true).Text(failure.ErrorType).Text(failure.ErrorMessage).MaybeText(failure.StackTrace).Failure(failure.InnerFailure);
    }
}
