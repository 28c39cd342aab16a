using Darkroom.Requests;

namespace Darkroom.Functions.Tests.Requests;

public sealed class MaskedRequestTests
{
    [Theory]
    [InlineData("""{"prompt":"p","image_url":"https://example.com/a.png?sig=secret"}""")]
    [InlineData("""{"prompt":"p","image_url":["https://example.com/a.png?sig=secret"]}""")]
    [InlineData("""{"prompt":"p","image_url":"data:image/png;base64,c2VjcmV0c2VjcmV0"}""")]
    [InlineData("""{"prompt":"p","extra":{"mask_url":"https://example.com/a.png?Signature=secret"}}""")]
    [InlineData("""{"prompt":"p","loras":"https://example.com/lora?sig=secret"}""")]
    [InlineData("""{"prompt":"p","loras":{"https://example.com/lora?sig=secret":0.5,"Owner/Name":0.5}}""")]
    [InlineData("""{"prompt":"p","extra":{"mask":"https://user:secret@example.com/a.png"}}""")]
    [InlineData("""{"prompt":"p","extra":{"mask":"HTTPS://secret@example.com"}}""")]
    [InlineData("""{"prompt":"p","extra":{"note":"from s3://key:secret@bucket/a and https://example.com/b#token=secret, please"}}""")]
    [InlineData("""{"prompt":"p","extra":{"https://example.com/?sig=secret":1}}""")]
    [InlineData("""{"prompt":"p","image_url":"https://user:secret@example.com/a.png"}""")]
    [InlineData("""{"prompt":"p","extra":{"deep":[{"mask":"data:image/png;base64,c2VjcmV0"}]}}""")]
    public void Of_SignedAddressOrPicture_IsMasked(string request)
    {
        var shown = MaskedRequest.Of(request);
        Assert.True(MaskedRequest.HidesSomething(request));
        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", shown, StringComparison.Ordinal);
        Assert.Contains("\"prompt\":\"p\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Webhook_HidesTheSecretAndTheQuery()
    {
        var secret = Webhooks.SampleSecrets.Text(32);
        var request = """{"prompt":"p","webhook":{"url":"https://example.com/hook?token=1","secret":"SECRET"}}"""
            .Replace("SECRET", secret, StringComparison.Ordinal);
        Assert.Equal(
            """{"prompt":"p","webhook":{"url":"https://example.com/hook?\u2026","secret":"\u2026"}}""", MaskedRequest.Of(request));
    }

    [Fact]
    public void Of_TextWithManyAddresses_FinishesBeforeTheRegexTimeout()
    {
        foreach (var part in new[] { "a", "a://", "://", "https://u@h?s#f ", "a.b+c-", "@", "?#" })
            Assert.InRange(
                MaskedRequest.Of("{\"extra\":{\"note\":\"" + string.Concat(Enumerable.Repeat(part, 300_000 / part.Length)) + "\"}}").Length,
                1,
                2000);
    }

    [Fact]
    public void Of_LongValue_IsCut() =>
        Assert.InRange(MaskedRequest.Of("{\"prompt\":\"p\",\"extra\":{\"note\":\"" + new string('n', 100_000) + "\"}}").Length, 1000, 2000);

    [Theory]
    [InlineData("""{"prompt":"p"}""")]
    [InlineData("""{"prompt":"see https://example.com/?q=1","image_url":"https://example.com/a.png"}""")]
    [InlineData("""{"prompt":"p","loras":{"Owner/Name":0.5},"extra":{"mask":"https://example.com/a@2x.png"}}""")]
    [InlineData("""{"prompt":"p","extra":{"a":1,"b":true,"c":null,"d":"text"}}""")]
    public void Of_NothingToMask_ReturnsTheSameString(string request)
    {
        Assert.False(MaskedRequest.HidesSomething(request));
        Assert.Same(request, MaskedRequest.Of(request));
    }
}
