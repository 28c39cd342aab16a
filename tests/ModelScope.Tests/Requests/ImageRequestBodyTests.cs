using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Tests.Requests;

public sealed class ImageRequestBodyTests
{
    [Theory]
    [InlineData("000-request.json")]
    [InlineData("001-request.json")]
    [InlineData("002-request.json")]
    [InlineData("003-request.json")]
    [InlineData("004-request.json")]
    public void Write_DocumentedRequest_IsUnchanged(string fixture)
    {
        using var json = JsonDocument.Parse(Fixture.Bytes(fixture));
        var body = ImageRequestBody.Write(ImageRequestReader.Read(json.RootElement).Request!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Fixture.Bytes(fixture)), JsonNode.Parse(body)), Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData("一只金色的猫")]
    [InlineData("a <b> & 'c' + d")]
    [InlineData("Ünïcödé")]
    [InlineData("𠮷野家の🐱")]
    public void Write_NonAsciiPrompt_IsNotEscaped(string prompt) =>
        Assert.Contains($"\"{prompt}\"", Write(new ImageRequest { Prompt = prompt }), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"quoted\" \\ 🐱")]
    [InlineData("two\nlines\u0001\u2028")]
    [InlineData("🐱")]
    public void Write_AnyPrompt_IsReadBackUnchanged(string prompt) =>
        Assert.Equal(prompt, JsonNode.Parse(Write(new ImageRequest { Prompt = prompt }))!["prompt"]!.GetValue<string>());

    [Fact]
    public void Write_ImageUrls_AreAStringOrAnArray()
    {
        Assert.Contains(
            "\"image_url\":\"https://e.com/1\"",
            Write(new ImageRequest { Prompt = "x", ImageUrls = ["https://e.com/1"] }),
            StringComparison.Ordinal);
        Assert.Contains(
            "\"image_url\":[\"https://e.com/1\",\"https://e.com/2\"]",
            Write(new ImageRequest { Prompt = "x", ImageUrls = ["https://e.com/1", "https://e.com/2"] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Loras_AreAStringOrAnObject()
    {
        Assert.Contains(
            "\"loras\":\"a/b\"", Write(new ImageRequest { Prompt = "x", Loras = LoraChoice.One("a/b") }), StringComparison.Ordinal);
        Assert.Contains(
            "\"loras\":{\"a/b\":1.0}",
            Write(new ImageRequest { Prompt = "x", Loras = LoraChoice.Several([new("a/b", 1)]) }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "7.0")]
    [InlineData(3.5, "3.5")]
    [InlineData(1.55, "1.55")]
    public void Write_Guidance_HasAFraction(double guidance, string written) =>
        Assert.Contains(
            $"\"guidance\":{written}}}", Write(new ImageRequest { Prompt = "x", Guidance = guidance }), StringComparison.Ordinal);

    [Fact]
    public void Write_UnsetFields_AreOmitted() =>
        Assert.Equal("""{"model":"Tongyi-MAI/Z-Image-Turbo","prompt":"x"}""", Write(new ImageRequest { Prompt = "x" }));

    private static string Write(ImageRequest request) => Encoding.UTF8.GetString(ImageRequestBody.Write(request));
}
