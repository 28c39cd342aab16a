using System.Security.Cryptography;
using System.Text;
using Darkroom.Settings;
using Darkroom.Webhooks;

namespace Darkroom.Functions.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Body = """{"test": 2432232314}""";

    [Fact]
    public void Of_ExampleOfTheSpecification_IsTheSameSignature() =>
        // The example of the libraries of Standard Webhooks; the signature was made with their npm package.
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Of(
                [WebhookSecret.TryRead($"whsec_{"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}")!],
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                Encoding.UTF8.GetBytes(Body)));

    [Fact]
    public void Of_TwoSecrets_HasASignatureOfEach()
    {
        var body = Encoding.UTF8.GetBytes("{\"prompt\":\"Übergröße 猫\"}");
        var signatures = WebhookSignature.Of([SampleSecrets.Of(1), SampleSecrets.Of(2)], "msg_1", 5, body).Split(' ');
        Assert.Equal([Expected(1), Expected(2)], signatures);

        string Expected(byte value)
        {
            byte[] signed = [.. "msg_1.5."u8, .. body];
            return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Enumerable.Repeat(value, 32).ToArray(), signed))}";
        }
    }
}
