using System.Text.Json;
using Darkroom.Api.OpenAi;
using Darkroom.ModelScope.Pictures;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Api.OpenAi;

/// <summary>The fields of a request to the OpenAI API: honoured, accepted as a default, or refused by name.</summary>
public sealed class OpenAiReaderTests
{
    private const string Model = "Tongyi-MAI/Z-Image-Turbo";

    [Fact]
    public void Read_OnlyAPrompt_HasTheDefaults()
    {
        var request = Valid("""{"prompt":"a cat"}""");
        Assert.Equal(("a cat", Model, 1), (request.Job.Image.Prompt, request.Job.Image.Model, request.Job.Count));
        Assert.Null(request.Job.Image.Size);
        Assert.True(request.Job.FailsWithoutCredits);
        Assert.Equal(new ResponseForm(IsBase64: false, Format: null, IsStream: false, IsEdit: false), request.Form);
    }

    [Fact]
    public void Read_AllHonouredFields_HaveTheirEffect()
    {
        var request = Valid(
            """{"prompt":"p","model":"Qwen/Qwen-Image","n":10,"size":"64x96","response_format":"b64_json","output_format":"webp","stream":true,"user":"u1"}""");
        Assert.Equal(("Qwen/Qwen-Image", 10, "64x96"), (request.Job.Image.Model, request.Job.Count, $"{request.Job.Image.Size}"));
        Assert.Equal(["user:u1"], request.Job.Tags);
        Assert.Equal(new ResponseForm(IsBase64: true, PictureFormat.WebP, IsStream: true, IsEdit: false), request.Form);
    }

    [Theory]
    [InlineData("gpt-image-1", Model, true)]
    [InlineData("gpt-image-2.5-flare", Model, true)]
    [InlineData("chatgpt-image-latest", Model, true)]
    [InlineData("dall-e-3", Model, false)]
    [InlineData("DALL-E-2", Model, false)]
    [InlineData("Qwen/Qwen-Image-Edit", "Qwen/Qwen-Image-Edit", false)]
    [InlineData("someone/dall-e-3", "someone/dall-e-3", false)]
    public void Read_NameOfAModel_IsMappedIfItIsOneOfOpenAi(string name, string model, bool isBase64)
    {
        var request = Valid($$"""{"prompt":"p","model":"{{name}}","response_format":"url"}""");
        Assert.Equal((model, isBase64), (request.Job.Image.Model, request.Form.IsBase64));
    }

    [Theory]
    [InlineData("\"quality\":\"auto\"")]
    [InlineData("\"background\":\"auto\"")]
    [InlineData("\"moderation\":\"auto\"")]
    [InlineData("\"style\":\"vivid\"")]
    [InlineData("\"output_compression\":100")]
    [InlineData("\"partial_images\":0")]
    [InlineData("\"input_fidelity\":\"low\"")]
    [InlineData("\"size\":\"auto\"")]
    [InlineData("\"stream\":false")]
    [InlineData("\"user\":\"\"")]
    [InlineData("\"svg\":null")]
    public void Read_DefaultOfAnOption_IsAccepted(string field) => Valid($$"""{"prompt":"p",{{field}}}""");

    [Theory]
    [InlineData("quality", "\"hd\"")]
    [InlineData("background", "\"transparent\"")]
    [InlineData("moderation", "\"low\"")]
    [InlineData("style", "\"natural\"")]
    [InlineData("output_compression", "80")]
    [InlineData("partial_images", "2")]
    [InlineData("input_fidelity", "\"high\"")]
    [InlineData("output_format", "\"gif\"")]
    [InlineData("response_format", "\"b64\"")]
    [InlineData("n", "11")]
    [InlineData("n", "0")]
    [InlineData("n", "1.5")]
    [InlineData("n", "\"two\"")]
    [InlineData("size", "\"big\"")]
    [InlineData("stream", "\"yes\"")]
    [InlineData("model", "7")]
    [InlineData("prompt", "[]")]
    [InlineData("user", "7")]
    [InlineData("svg", "{}")]
    [InlineData("safety_identifier", "\"x\"")]
    [InlineData("negative_prompt", "\"x\"")]
    public void Read_AnotherValue_IsRefusedByName(string name, string value)
    {
        var others = name == "prompt" ? "" : "\"prompt\":\"p\",";
        var problem = Assert.Single(Invalid($"{{{others}\"{name}\":{value}}}").Problems);
        Assert.Equal(name, problem.Field);
    }

    [Fact]
    public void Read_NoPrompt_IsRefused() => Assert.Equal("prompt", Assert.Single(Invalid("{}").Problems).Field);

    [Fact]
    public void Read_FieldGivenTwice_IsRefused() =>
        Assert.Equal("n", Assert.Single(Invalid("""{"prompt":"p","n":1,"n":2}""").Problems).Field);

    [Fact]
    public void Read_TextOfAForm_IsReadAsNumberAndFlag()
    {
        var fields = new OpenAiFields();
        foreach (var (name, text) in new[] { ("prompt", "p"), ("n", "2"), ("stream", "true"), ("output_compression", "100") })
            fields.Add(name, text);
        var read = Assert.IsType<OpenAiReading.Valid>(OpenAiReader.Read(fields, ["data:image/png;base64,AA=="], Model)).Request;
        Assert.Equal((2, true, true), (read.Job.Count, read.Form.IsStream, read.Form.IsEdit));
        Assert.Equal(["data:image/png;base64,AA=="], read.Job.Image.ImageUrls);
    }

    [Fact]
    public void Read_GeneratedJson_NeverThrows() => Properties.ForAll(
        JsonGen.Objects(
            [.. OpenAiReader.Defaults.Keys, "prompt", "model", "n", "size", "response_format", "output_format", "stream", "user"]),
        body => Read(body) is OpenAiReading.Valid or OpenAiReading.Invalid { Problems.Count: > 0 });

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("""{"prompt":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"prompt":"p"}""")]
    public void Read_OddJson_IsRefused(string body) => Invalid(body);

    private static OpenAiReading Read(string body)
    {
        using var json = JsonDocument.Parse(body);
        return OpenAiReader.Read(OpenAiJson.Fields(json.RootElement), pictures: null, Model);
    }

    private static OpenAiRequest Valid(string body) => Assert.IsType<OpenAiReading.Valid>(Read(body)).Request;

    private static OpenAiReading.Invalid Invalid(string body) => Assert.IsType<OpenAiReading.Invalid>(Read(body));
}
