using System.Text.Json;
using Darkroom.ModelScope.Requests;
using Darkroom.TestKit;

namespace Darkroom.ModelScope.Tests.Requests;

public sealed class ImageRequestReaderTests
{
    [Fact]
    public void Read_OnlyAPrompt_IsValid()
    {
        var request = Valid("""{"prompt":"a cat"}""");
        Assert.Equal("a cat", request.Prompt);
        Assert.Equal("Tongyi-MAI/Z-Image-Turbo", request.Model);
    }

    [Theory]
    [InlineData("Qwen/Qwen-Image", false)]
    [InlineData("Qwen/Qwen-Image:Bailian", true)]
    [InlineData("Qwen/Qwen-Image:", false)]
    [InlineData("a:b/c", false)]
    [InlineData(":", false)]
    public void Read_ModelId_IsKeptAndSaysWhetherAProviderBillsIt(string model, bool isBilledByProvider)
    {
        var request = Valid($$"""{"prompt":"a cat","model":"{{model}}"}""");
        Assert.Equal((model, isBilledByProvider), (request.Model, request.IsBilledByProvider));
    }

    [Fact]
    public void Read_AllParameters_AreRead()
    {
        var request = Valid("""
            {"model":"Qwen/Qwen-Image","prompt":"金色的猫","negative_prompt":"lowres","size":"1024x768","seed":0,"steps":30,"guidance":3.5,
             "image_url":["https://example.com/a.png","data:image/png;base64,AA=="],"loras":{"a/b":0.6,"c/d":0.4},"extra":{"sampler":"Euler a"}}
            """);
        Assert.Equal("Qwen/Qwen-Image", request.Model);
        Assert.Equal("lowres", request.NegativePrompt);
        Assert.Equal(new ImageSize(1024, 768), request.Size);
        Assert.Equal(0, request.Seed);
        Assert.Equal(30, request.Steps);
        Assert.Equal(3.5, request.Guidance);
        Assert.Equal(2, request.ImageUrls.Count);
        Assert.Equal(LoraChoice.Several([new("a/b", 0.6), new("c/d", 0.4)]), request.Loras);
        Assert.Equal("Euler a", request.Extra["sampler"].GetString());
    }

    [Theory]
    [InlineData("""{"prompt":"x","num_inference_steps":20}""", 20, null)]
    [InlineData("""{"prompt":"x","steps":20,"num_inference_steps":20}""", 20, null)]
    [InlineData("""{"prompt":"x","guidance_scale":7}""", null, 7.0)]
    [InlineData("""{"prompt":"x","guidance_scale":7,"guidance":7.0}""", null, 7.0)]
    public void Read_Alias_IsTheSameAsTheName(string json, int? steps, double? guidance)
    {
        var request = Valid(json);
        Assert.Equal(steps, request.Steps);
        Assert.Equal(guidance, request.Guidance);
    }

    [Theory]
    [InlineData("""{"prompt":"x","width":640,"height":480}""")]
    [InlineData("""{"prompt":"x","width":640,"height":480,"size":"640x480"}""")]
    [InlineData("""{"prompt":"x","size":"640X480"}""")]
    [InlineData("""{"prompt":"x","size":"640×480"}""")]
    [InlineData("""{"prompt":"x","width":640.0,"height":480}""")]
    public void Read_SizeInAnyForm_IsTheSame(string json) => Assert.Equal(new ImageSize(640, 480), Valid(json).Size);

    [Theory]
    [InlineData("""{}""", "prompt")]
    [InlineData("""{"prompt":""}""", "prompt")]
    [InlineData("""{"prompt":"   "}""", "prompt")]
    [InlineData("""{"prompt":null}""", "prompt")]
    [InlineData("""{"prompt":7}""", "prompt")]
    [InlineData("""{"prompt":"\ud800"}""", "prompt")]
    [InlineData("""{"prompt":"x","prompt":"y"}""", "prompt")]
    [InlineData("""{"prompt":"x","model":""}""", "model")]
    [InlineData("""{"prompt":"x","model":"a\u0000b"}""", "model")]
    [InlineData("""{"prompt":"x","size":"big"}""", "size")]
    [InlineData("""{"prompt":"x","size":"0x64"}""", "size")]
    [InlineData("""{"prompt":"x","size":"-5x64"}""", "size")]
    [InlineData("""{"prompt":"x","size":"64x"}""", "size")]
    [InlineData("""{"prompt":"x","size":1024}""", "size")]
    [InlineData("""{"prompt":"x","width":64}""", "height")]
    [InlineData("""{"prompt":"x","height":64}""", "width")]
    [InlineData("""{"prompt":"x","width":0,"height":64}""", "width")]
    [InlineData("""{"prompt":"x","width":64,"height":64,"size":"65x64"}""", "size")]
    [InlineData("""{"prompt":"x","seed":-1}""", "seed")]
    [InlineData("""{"prompt":"x","seed":2147483648}""", "seed")]
    [InlineData("""{"prompt":"x","seed":1.5}""", "seed")]
    [InlineData("""{"prompt":"x","seed":"1"}""", "seed")]
    [InlineData("""{"prompt":"x","steps":0}""", "steps")]
    [InlineData("""{"prompt":"x","num_inference_steps":101}""", "num_inference_steps")]
    [InlineData("""{"prompt":"x","steps":20,"num_inference_steps":21}""", "num_inference_steps")]
    [InlineData("""{"prompt":"x","guidance":1.4}""", "guidance")]
    [InlineData("""{"prompt":"x","guidance_scale":20.1}""", "guidance_scale")]
    [InlineData("""{"prompt":"x","guidance":1e999}""", "guidance")]
    [InlineData("""{"prompt":"x","image_url":"http://example.com/a.png"}""", "image_url")]
    [InlineData("""{"prompt":"x","image_url":["https://example.com/a.png",7]}""", "image_url")]
    [InlineData("""{"prompt":"x","loras":""}""", "loras")]
    [InlineData("""{"prompt":"x","loras":{}}""", "loras")]
    [InlineData("""{"prompt":"x","loras":{"a":0.5}}""", "loras")]
    [InlineData("""{"prompt":"x","loras":{"a":"0.5","b":0.5}}""", "loras")]
    [InlineData("""{"prompt":"x","loras":{"a":0.1,"b":0.1,"c":0.1,"d":0.1,"e":0.1,"f":0.1,"g":0.4}}""", "loras")]
    [InlineData("""{"prompt":"x","loras":7}""", "loras")]
    [InlineData("""{"prompt":"x","extra":{"steps":3}}""", "extra.steps")]
    [InlineData("""{"prompt":"x","extra":{"n":3}}""", "extra.n")]
    [InlineData("""{"prompt":"x","extra":{"a":"\ud800"}}""", "extra.a")]
    [InlineData("""{"prompt":"x","extra":{"a":{"b":[{"c":1,"c":2}]}}}""", "extra.a")]
    [InlineData("""{"prompt":"x","extra":[]}""", "extra")]
    [InlineData("""[]""", "body")]
    [InlineData("""7""", "body")]
    public void Read_BrokenRule_ReportsTheFieldOnce(string json, string field)
    {
        var reading = Read(json);
        Assert.Null(reading.Request);
        Assert.Equal([field], reading.Problems.Select(problem => problem.Field));
        Assert.All(reading.Problems, problem => Assert.EndsWith(".", problem.Message.TrimEnd('…'), StringComparison.Ordinal));
    }

    [Fact]
    public void Read_PromptLength_IsCountedInUnicodeCharacters()
    {
        Valid(Json(string.Concat(Enumerable.Repeat("🐱", 1999))));
        Valid(Json(new string('猫', 1999)));
        Assert.Equal("prompt", Assert.Single(Read(Json(string.Concat(Enumerable.Repeat("🐱", 2000)))).Problems).Field);
        Assert.Equal("prompt", Assert.Single(Read(Json(new string('x', 2000))).Problems).Field);

        static string Json(string prompt) => JsonSerializer.Serialize(new { prompt });
    }

    [Theory]
    [InlineData(0.7, 0.301, true)]
    [InlineData(0.7, 0.299, true)]
    [InlineData(0.7, 0.3011, false)]
    [InlineData(0.7, 0.2989, false)]
    public void Read_LoraWeights_MustSumToOneWithinTolerance(double first, double second, bool isValid) =>
        Assert.Equal(
            isValid,
            Read(
                JsonSerializer.Serialize(
                    new { prompt = "x", loras = new Dictionary<string, double> { ["a"] = first, ["b"] = second } })).Request is not null);

    [Fact]
    public void Read_SeveralProblems_ReportsAll() =>
        Assert.Equal(["size", "prompt", "seed"], Read("""{"size":"x","seed":-1}""").Problems.Select(problem => problem.Field));

    [Fact]
    public void Read_OtherFields_AreReturned() =>
        Assert.Equal(["count", "tags"], Read("""{"prompt":"x","count":2,"tags":[]}""").Others.Keys);

    [Fact]
    public void Read_Request_StaysValidAfterTheDocumentIsDisposed()
    {
        ImageRequest request;
        using (var json = JsonDocument.Parse("""{"prompt":"x","extra":{"a":{"b":[1]}}}"""))
            request = ImageRequestReader.Read(json.RootElement).Request!;
        Assert.Equal(
            """{"model":"Tongyi-MAI/Z-Image-Turbo","prompt":"x","a":{"b":[1]}}""",
            System.Text.Encoding.UTF8.GetString(ImageRequestBody.Write(request)));
    }

    // The JSON parser accepts any bytes in a string.
    [Fact]
    public void Read_BytesThatAreNotUtf8InExtra_AreRefused()
    {
        using var body = JsonDocument.Parse((byte[])[.. "{\"prompt\":\"x\",\"extra\":{\"a\":\""u8, 0xD1, .. "\"}}"u8]);
        Assert.Equal("extra.a", Assert.Single(ImageRequestReader.Read(body.RootElement).Problems).Field);
    }

    [Fact]
    public void Read_ManyNamesThatAreNotUnicode_AreOneProblem()
    {
        var names = string.Join(',', Enumerable.Repeat("\"\\ud800\":1", 100));
        Assert.Equal("body", Assert.Single(Read($$"""{"prompt":"x",{{names}}}""").Problems).Field);
    }

    [Fact]
    public void Read_ArbitraryObject_IsRefusedOrCanBeWritten() =>
        Properties.ForAll(
            JsonGen.Objects([.. RequestFields.Reserved]),
            json =>
            {
                var reading = Read(json);
                if (reading.Request is null)
                    return reading.Problems.Count > 0;
                using var sent = JsonDocument.Parse(ImageRequestBody.Write(reading.Request));
                return !sent.RootElement.TryGetProperty("n", out _)
                    && sent.RootElement.GetProperty("prompt").GetString() == reading.Request.Prompt;
            });

    private static ImageRequest Valid(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Problems);
        return reading.Request!;
    }

    private static ImageRequestReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var reading = ImageRequestReader.Read(document.RootElement);
        return reading with { Others = reading.Others.ToDictionary(other => other.Key, other => other.Value.Clone()) };
    }
}
