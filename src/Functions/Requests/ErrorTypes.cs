namespace Darkroom.Requests;

/// <summary>The <c>type</c> of an error: the section of the documentation that explains it.</summary>
public static class ErrorTypes
{
    public static string Of(string name) => $"/docs/errors#{name}";
}
