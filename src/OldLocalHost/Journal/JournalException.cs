namespace Darkroom.LocalHost.Journal;

/// <summary>The journal cannot be opened, read or written; the message says why and what to do.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
