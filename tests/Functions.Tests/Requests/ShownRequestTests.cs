using Darkroom.Requests;

namespace Darkroom.Functions.Tests.Requests;

public sealed class ShownRequestTests
{
    [Theory]
    [InlineData("""{"prompt":"p","image_url":"https://example.com/a.png?sig=secret"}""")]
    [InlineData("""{"prompt":"p","image_url":["https://example.com/a.png?sig=secret"]}""")]
    [InlineData("""{"prompt":"p","image_url":"data:image/png;base64,c2VjcmV0c2VjcmV0"}""")]
    [InlineData("""{"prompt":"p","extra":{"mask_url":"https://example.com/a.png?Signature=secret"}}""")]
    [InlineData("""{"prompt":"p","extra":{"deep":[{"mask":"data:image/png;base64,c2VjcmV0"}]}}""")]
    public void What_may_be_signed_or_is_a_picture_is_not_shown(string request)
    {
        var shown = ShownRequest.Of(request);
        Assert.True(ShownRequest.HidesSomething(request));
        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", shown, StringComparison.Ordinal);
        Assert.Contains("\"prompt\":\"p\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_cut() =>
        Assert.InRange(ShownRequest.Of("{\"prompt\":\"p\",\"extra\":{\"note\":\"" + new string('n', 100_000) + "\"}}").Length, 1000, 2000);

    [Theory]
    [InlineData("""{"prompt":"p"}""")]
    [InlineData("""{"prompt":"see https://example.com/?q=1","image_url":"https://example.com/a.png"}""")]
    [InlineData("""{"prompt":"p","extra":{"a":1,"b":true,"c":null,"d":"text"}}""")]
    public void What_may_be_shown_is_left_as_it_is(string request)
    {
        Assert.False(ShownRequest.HidesSomething(request));
        Assert.Same(request, ShownRequest.Of(request));
    }
}
