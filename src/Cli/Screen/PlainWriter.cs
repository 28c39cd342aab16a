using System.Text;

namespace Darkroom.Cli.Screen;

/// <summary>Removes control characters from everything that is written, because text from the server reaches the terminal.</summary>
internal sealed class PlainWriter(TextWriter inner) : TextWriter
{
    /// <summary>The writer without the filter, for Spectre, which writes terminal codes itself.</summary>
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value) => inner.Write(PlainText.Of(value ?? ""));

    public override void WriteLine(string? value) => inner.WriteLine(PlainText.Of(value ?? ""));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(PlainText.Of(value ?? ""));

    public override void Flush() => inner.Flush();
}
