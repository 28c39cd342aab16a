using System.Text;

namespace Darkroom.Batches.Input;

/// <summary>Cuts lines into cells, as RFC 4180 says: a cell in quotes may hold separators, doubled quotes and line ends.</summary>
internal sealed class CsvRecords(Stream utf8)
{
    private readonly LineSplitter _lines = new(utf8);
    private readonly StringBuilder _cell = new();

    // What stands between cells; the first line shows it.
    private char? _separator;

    /// <summary>The line on which the record begins.</summary>
    public int Line { get; private set; }

    /// <summary>Its cells.</summary>
    public List<string> Cells { get; } = [];

    /// <summary>What is wrong with how it is written; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Goes on to the next record that says anything; false at the end.</summary>
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
                    ? "A quote is opened and not closed within 1 MiB."
                    : "Is longer than 1 MiB, which is the most a request may have.";
                return true;
            }

            state = Cut(Encoding.UTF8.GetString(_lines.Line.Span), state);
            if (state != State.Quoted)
                break;
            _cell.Append('\n');
            if (await _lines.ReadAsync(cancellation))
                continue;
            Problem = "A quote is opened and not closed.";
            return true;
        }

        EndCell();
        return true;
    }

    // Spreadsheets of half the world separate by semicolons or tabs: a header that has no comma shows it. What stands in quotes is part of
    // a name.
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
                    Problem ??= "Something stands behind a closing quote: a quote within a cell is written twice.";
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
