using System.Text.Json;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Batches.Input;

/// <summary>An item before validation, or a problem of its syntax. The caller disposes it before it reads the next item.</summary>
internal readonly record struct RawItem(int Line, JsonDocument? Json, FieldProblem? Problem) : IDisposable
{
    public static RawItem Of(int line, JsonDocument json) => new(line, json, Problem: null);

    public static RawItem Wrong(int line, string field, string message) => new(line, Json: null, new FieldProblem(field, message));

    public static RawItem TooLong(int line) => Wrong(
        line,
        "body",
        "Is longer than 1 MiB, the maximum for one item. Shorten it; for a picture, send its address instead of its bytes.");

    public void Dispose() => Json?.Dispose();
}
