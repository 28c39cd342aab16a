using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Api.OpenAi;

/// <summary>A valid request of the OpenAI API: the job, and the form of the response.</summary>
/// <param name="Job">What is generated.</param>
/// <param name="Form">The form of the response.</param>
internal sealed record OpenAiRequest(JobRequest Job, ResponseForm Form);

/// <summary>The form of a response.</summary>
/// <param name="IsBase64">Whether the pictures are in the response; otherwise it has their addresses.</param>
/// <param name="Format">The wanted format; null for the format that ModelScope delivers.</param>
/// <param name="IsStream">Whether the response is a stream of events.</param>
/// <param name="IsEdit">Whether pictures were sent to be edited.</param>
internal sealed record ResponseForm(bool IsBase64, PictureFormat? Format, bool IsStream, bool IsEdit);

/// <summary>The result of reading a request.</summary>
internal abstract record OpenAiReading
{
    private OpenAiReading()
    {
    }

    public sealed record Valid(OpenAiRequest Request) : OpenAiReading;

    public sealed record Invalid(IReadOnlyList<FieldProblem> Problems) : OpenAiReading;
}
