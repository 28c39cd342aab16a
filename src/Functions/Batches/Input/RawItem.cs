using System.Text.Json;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Batches.Input;

/// <summary>An item as it was written down, or what is wrong with how it was. Whoever takes it disposes of it before the next.</summary>
internal readonly record struct RawItem(int Line, JsonDocument? Json, FieldProblem? Problem) : IDisposable
{
    public static RawItem Of(int line, JsonDocument json) => new(line, json, Problem: null);

    public static RawItem Wrong(int line, string field, string message) => new(line, Json: null, new FieldProblem(field, message));

    public static RawItem TooLong(int line) => Wrong(line, "body", "Is longer than 1 MiB, which is the most a request may have.");

    public void Dispose() => Json?.Dispose();
}
