using System.Text;

namespace Darkroom.Batches.Input;

/// <summary>Splits lines into cells as in RFC 4180: a quoted cell may contain separators, doubled quotes and line ends.</summary>
internal sealed class CsvRecords(Stream utf8)
{
    private readonly LineSplitter _lines = new(utf8);
    private readonly StringBuilder _cell = new();

    // The character between cells; it is detected from the header.
    private char? _separator;

    /// <summary>The line on which the record begins.</summary>
    public int Line { get; private set; }

    public List<string> Cells { get; } = [];

    /// <summary>What is wrong with the syntax of the record; null if it is valid.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the next record that is not blank; returns false at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        do
        {
            if (!await _lines.ReadAsync(cancellation))
                return false;
        }
        while (!_lines.IsTooLong && BlankLines.Is(_lines.Line.Span));

        Line = _lines.Number;
        _separator ??= SeparatorOf(Encoding.UTF8.GetString(_lines.Line.Span));
        Problem = null;
        Cells.Clear();
        _cell.Clear();
        var state = State.Begin;
        var length = 0;
        while (true)
        {
            length += _lines.Line.Length + 1;
            if (_lines.IsTooLong || length > LineSplitter.Longest)
            {
                Problem = state == State.Quoted
                    ? "A quoted cell is not closed within 1 MiB, the maximum for one row. Add the closing quote, or shorten the row."
                    : "Is longer than 1 MiB, the maximum for one row. Shorten it; for a picture, send its address instead of its bytes.";
                return true;
            }

            state = Cut(Encoding.UTF8.GetString(_lines.Line.Span), state);
            if (state != State.Quoted)
                break;
            _cell.Append('\n');
            if (await _lines.ReadAsync(cancellation))
                continue;
            Problem = "A quoted cell is not closed before the end of the body. Add the closing quote.";
            return true;
        }

        EndCell();
        return true;
    }

    // In many locales, spreadsheets separate cells by semicolons or tabs. Then the header contains no comma. Text in quotes is part of a
    // name, so it is ignored here.
    private static char SeparatorOf(string header)
    {
        var unquoted = string.Concat(header.Split('"').Where((_, part) => part % 2 == 0));
        return ",;\t".FirstOrDefault(unquoted.Contains, ',');
    }

    private State Cut(string line, State state)
    {
        foreach (var letter in line)
        {
            switch (state)
            {
                case State.Quoted when letter == '"':
                    state = State.QuoteInQuoted;
                    break;
                case State.Quoted:
                    _cell.Append(letter);
                    break;
                case State.QuoteInQuoted when letter == '"':
                    _cell.Append('"');
                    state = State.Quoted;
                    break;
                case State.Begin when letter == '"':
                    state = State.Quoted;
                    break;
                case var _ when letter == _separator:
                    EndCell();
                    state = State.Begin;
                    break;
                case State.QuoteInQuoted when letter != ' ':
                    Problem ??= "Text follows a closing quote. Write a quote within a cell twice.";
                    break;
                default:
                    _cell.Append(letter);
                    state = state == State.QuoteInQuoted ? state : State.Plain;
                    break;
            }
        }

        return state;
    }

    private void EndCell()
    {
        Cells.Add(_cell.ToString());
        _cell.Clear();
    }

    private enum State
    {
        Begin,
        Plain,
        Quoted,
        QuoteInQuoted,
    }
}
