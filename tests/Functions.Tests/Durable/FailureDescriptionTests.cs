using System.Reflection;
using Azure;
using Darkroom.Durable;

namespace Darkroom.Functions.Tests.Durable;

public sealed class FailureDescriptionTests
{
    public static TheoryData<Exception, string> Failures => new()
    {
        { new InvalidOperationException("secret words at https://example.com"), "An unexpected InvalidOperationException." },
        {
            new RequestFailedException(409, "Service request failed.\nStatus: 409 (Conflict)\n\nHeaders:\nx: https://example.com"),
            "Storage is in trouble (HTTP 409)."
        },
        { new RequestFailedException("Connection refused (example.com:443)"), "Storage is in trouble (no answer)." },
        { new IOException("the other end left"), "Storage is in trouble (no answer)." },
        { new SanitizedException("The request cannot be read any more."), "The request cannot be read any more." },
    };

    // The very type that the extension throws: should its form change, this says so.
    [Theory]
    [MemberData(nameof(Failures))]
    public void What_the_extension_hands_on_is_put_in_plain_words(Exception failure, string words)
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
    public void So_is_what_any_other_function_throws(Exception failure, string words)
    {
        if (failure is not SanitizedException)
            Assert.Equal(words, FailureDescription.Of(failure));
    }
}
