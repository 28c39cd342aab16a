using System.Buffers.Binary;
using System.Text;
using Darkroom.LocalHost.History;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Journal;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. The bytes have passed their checksum, so whatever does not fit is a mistake of ours.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Byte()
    {
        var value = Take(1)[0];
        return value;
    }

    public bool Flag() => Byte() != 0;

    public int Number()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
                return (int)value;
        }

        throw new JournalException("The journal holds a number that does not end.");
    }

    /// <summary>A number of things that follow, each of which takes at least a byte.</summary>
    public int Count()
    {
        var count = Number();
        return count >= 0 && count <= _rest.Length ? count : throw new JournalException("The journal announces more than it holds.");
    }

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public DateTime Time() => new(Long(), DateTimeKind.Utc);

    public DateTime? MaybeTime() => Flag() ? Time() : null;

    public string Text() => Encoding.UTF8.GetString(Take(Number()));

    /// <summary>The name or version of a function: there are few, and a hundred thousand instances may share one.</summary>
    public string Name() => string.Intern(Text());

    public string? MaybeText() => Flag() ? Text() : null;

    public IReadOnlyDictionary<string, string>? Tags()
    {
        var count = Count();
        if (count == 0)
            return null;

        var tags = new Dictionary<string, string>(count);
        for (var i = 0; i < count; i++)
            tags[Text()] = Text();
        return tags;
    }

    public ParentLink? Parent() => Flag() ? new ParentLink(Text(), Text(), Text(), Number()) : null;

    public TaskFailureDetails? Failure() => Flag() ? new TaskFailureDetails(Text(), Text(), MaybeText(), Failure(), null) : null;

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
            throw new JournalException("The journal holds a record that ends too early.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
