using System.Text;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tests.Wire;

/// <summary>
/// Which bodies are upstream's own word that a submit was not accepted; all others may be a gateway's, and a POST is not repeated on them.
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
    public void Only_the_documented_envelopes_say_that_nothing_was_accepted(string body, bool isEnvelope)
    {
        var reason = ErrorAnswer.Read(Encoding.UTF8.GetBytes(body)) ?? UpstreamReason.None;
        Assert.Equal(isEnvelope, reason.IsEnvelope);
    }
}
