using System.Reflection;
using Azure;
using Darkroom.Durable;

namespace Darkroom.Functions.Tests.Durable;

public sealed class FailureDescriptionTests
{
    public static TheoryData<Exception, string> Failures => new()
    {
        { new InvalidOperationException("secret words at https://example.com"), "An unexpected error (InvalidOperationException)." },
        {
            new RequestFailedException(409, "Service request failed.\nStatus: 409 (Conflict)\n\nHeaders:\nx: https://example.com"),
            "A storage request failed (HTTP 409)."
        },
        { new RequestFailedException("Connection refused (example.com:443)"), "A storage request failed (no answer)." },
        { new IOException("the other end left"), "A storage request failed (no answer)." },
        { new SanitizedException("The request cannot be read any more."), "The request cannot be read any more." },
    };

    // Uses the exception type of the extension itself, so that the test fails if the extension changes its format.
    [Theory]
    [MemberData(nameof(Failures))]
    public void Of_ExceptionWrappedByTheExtension_ReturnsADescription(Exception failure, string words)
    {
        var wrapper = Assembly.Load("Microsoft.Azure.Functions.Worker.Extensions.DurableTask")
            .GetTypes()
            .Single(type => type.Name == "DurableSerializationException");
        var wrapped = (Exception)Activator.CreateInstance(
            wrapper, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [failure], null)!;
        Assert.Equal(words, FailureDescription.Of(wrapped));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Of_OtherException_ReturnsADescription(Exception failure, string words)
    {
        if (failure is not SanitizedException)
            Assert.Equal(words, FailureDescription.Of(failure));
    }
}
