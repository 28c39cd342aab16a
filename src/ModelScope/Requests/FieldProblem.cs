namespace Darkroom.ModelScope.Requests;

/// <summary>What is wrong with one field of a request, and how to mend it.</summary>
/// <param name="Field">The field as the caller spelled it.</param>
/// <param name="Message">One sentence: the rule, and the cure.</param>
public sealed record FieldProblem(string Field, string Message);
