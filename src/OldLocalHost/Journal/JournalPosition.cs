namespace Darkroom.LocalHost.Journal;

/// <summary>Where a record stands. Segments are numbered from 1, so the default is nowhere.</summary>
internal readonly record struct JournalPosition(int Segment, long Offset)
{
    public bool IsNowhere => Segment == 0;
}
