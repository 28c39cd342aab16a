using System.Text;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tests.Wire;

/// <summary>
/// Checks which error bodies come from ModelScope itself, so that a submit was certainly not accepted. Any other body may come from a
/// gateway, and a POST is not repeated after it.
/// </summary>
public sealed class ErrorAnswerTests
{
    [Theory]
    [InlineData("""{"errors":{"message":"busy"},"request_id":"r"}""", true)]
    [InlineData("""{"error":{"code":"x","message":"busy"}}""", true)]
    [InlineData("""{"error":"busy"}""", false)]
    [InlineData("""{"errors":"busy"}""", false)]
    [InlineData("""{"errors":[{"message":"busy"}]}""", false)]
    [InlineData("""{"error":{"msg":"busy"}}""", false)]
    [InlineData("""{"error":{"code":500}}""", false)]
    [InlineData("""{"error":{"message":""}}""", true)]
    [InlineData("""{"error":{"message":null}}""", false)]
    [InlineData("""{"errors":{}}""", false)]
    [InlineData("""{"message":"busy","code":500}""", false)]
    [InlineData("""{"detail":{"message":"busy"}}""", false)]
    [InlineData("""{"detail":[{"msg":"busy"}]}""", false)]
    [InlineData("""{"error_message":"busy"}""", false)]
    public void Read_Body_IsEnvelopeOnlyInTheDocumentedFormats(string body, bool isEnvelope)
    {
        var reason = ErrorAnswer.Read(Encoding.UTF8.GetBytes(body)) ?? UpstreamReason.None;
        Assert.Equal(isEnvelope, reason.IsEnvelope);
    }
}
