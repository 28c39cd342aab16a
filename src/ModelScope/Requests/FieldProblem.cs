namespace Darkroom.ModelScope.Requests;

/// <summary>A problem of one field of a request, and how to fix it.</summary>
/// <param name="Field">The name of the field as the caller wrote it.</param>
/// <param name="Message">The rule that is broken, and what to do.</param>
public sealed record FieldProblem(string Field, string Message);
