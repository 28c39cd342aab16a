using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Darkroom.LocalHost.Journal;

namespace Darkroom.LocalHost.Tests.Journal;

public sealed class JournalTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("darkroom-journal-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void One_process_at_a_time()
    {
        using var first = new JournalFiles(_directory.FullName);
        var refusal = Assert.Throws<JournalException>(() => new JournalFiles(_directory.FullName));
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_from_a_newer_version_is_refused_with_its_number()
    {
        Write("a");
        var bytes = File.ReadAllBytes(Segment(1));
        bytes[8] = 99;
        File.WriteAllBytes(Segment(1), bytes);
        var refusal = Assert.Throws<JournalException>(() => Reopen());
        Assert.Contains("format 99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_than_a_journal_is_refused()
    {
        File.WriteAllText(Segment(1), "This is a letter to my grandmother.");
        Assert.Contains("not a journal", Assert.Throws<JournalException>(() => Reopen()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_in_the_middle_is_refused_and_not_cut_away()
    {
        var limits = new JournalLimits { SegmentBytes = 200, CleanFrom = long.MaxValue };
        for (var i = 0; i < 20; i++)
            Write($"instance-{i}", limits);
        var bytes = File.ReadAllBytes(Segment(2));
        bytes[^5] ^= 0xFF;
        File.WriteAllBytes(Segment(2), bytes);
        Assert.Contains("damaged", Assert.Throws<JournalException>(() => Reopen()).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Segment(2)));
    }

    [Fact]
    public void Many_records_are_made_durable_with_one_sync()
    {
        var (journal, _) = Open(limits: null);
        using (journal)
        {
            var durable = 0;
            for (var i = 0; i < 1000; i++)
                journal.Enqueue(Start($"instance-{i}"), _ => durable++);
            Assert.Equal(0, durable);
            journal.Flush();
            Assert.Equal(1000, durable);
            Assert.Equal(1, journal.Syncs);
        }
    }

    [Fact]
    public void After_a_failed_write_nothing_is_acknowledged_any_more()
    {
        var guard = new Lock();
        using var journal = new InstanceJournal(new FullDisk(), new InstanceTable(), guard);
        journal.Open();
        var answers = new List<Exception?>();
        journal.Enqueue(Start("a"), answers.Add);
        journal.Flush();
        journal.Enqueue(Start("b"), answers.Add);
        journal.Flush();
        Assert.Equal(2, answers.Count);
        Assert.All(answers, Assert.NotNull);
    }

    [Fact]
    public void A_journal_that_is_cleaned_stays_small_and_forgets_nothing()
    {
        var limits = new JournalLimits { SegmentBytes = 10_000, CleanFrom = 50_000 };
        var (journal, table) = Open(limits);
        using (journal)
        {
            for (var i = 0; i < 20; i++)
                journal.Enqueue(Start($"kept-{i}"));
            for (var i = 0; i < 20_000; i++)
            {
                journal.Enqueue(Start($"passing-{i}"));
                journal.Enqueue(new PurgeRecord($"passing-{i}"));
                if (i % 10 == 0)
                    journal.Flush();
            }

            journal.Flush();
            Assert.Equal(20, table.Count);
        }

        Assert.True(_directory.EnumerateFiles("*.log").Sum(file => file.Length) < 150_000);
        Assert.Equal(20, Reopen().Count);
    }

    private void Write(string id, JournalLimits? limits = null)
    {
        var (journal, _) = Open(limits);
        using (journal)
        {
            journal.Enqueue(Start(id));
            journal.Flush();
        }
    }

    private InstanceTable Reopen()
    {
        var (journal, table) = Open(limits: null);
        journal.Dispose();
        return table;
    }

    private (InstanceJournal, InstanceTable) Open(JournalLimits? limits)
    {
        var table = new InstanceTable();
        var files = new JournalFiles(_directory.FullName);
        var journal = new InstanceJournal(files, table, new Lock(), limits);
        try
        {
            journal.Open();
            return (journal, table);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private string Segment(int number) => Path.Combine(_directory.FullName, $"journal-{number:D8}.log");

    private static StartRecord Start(string id) => new(id, "x", new ExecutionStarted("Name", "\"input\"", "", null, null), DateTime.UtcNow, null);

    private sealed class FullDisk : IJournalStorage
    {
        private bool _hasHeader;

        public IReadOnlyList<int> Segments => [];

        public byte[] ReadAll(int segment) => [];

        public long LengthOf(int segment) => 0;

        public int Read(int segment, long offset, Span<byte> buffer) => 0;

        public void Append(int segment, ReadOnlySpan<byte> bytes)
        {
            if (_hasHeader)
                throw new IOException("No space left on device");
            _hasHeader = true;
        }

        public void Sync(int segment)
        {
        }

        public void Truncate(int segment, long length)
        {
        }

        public void Delete(int segment)
        {
        }

        public void Dispose()
        {
        }
    }
}
