using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tests.Wire;

public sealed class BaseUrlTests
{
    [Theory]
    [InlineData(null, "https://api-inference.modelscope.cn/")]
    [InlineData("", "https://api-inference.modelscope.cn/")]
    [InlineData("https://api-inference.modelscope.cn", "https://api-inference.modelscope.cn/")]
    [InlineData("https://api-inference.modelscope.cn/", "https://api-inference.modelscope.cn/")]
    [InlineData("https://api-inference.modelscope.cn/v1", "https://api-inference.modelscope.cn/")]
    [InlineData("https://api-inference.modelscope.cn/v1/", "https://api-inference.modelscope.cn/")]
    [InlineData(" \"https://api-inference.modelscope.ai/v1/\" ", "https://api-inference.modelscope.ai/")]
    [InlineData("http://127.0.0.1:7090/v1", "http://127.0.0.1:7090/")]
    [InlineData("https://proxy.example.com/modelscope/v1", "https://proxy.example.com/modelscope/")]
    public void Read_ValidAddress_IsNormalized(string? text, string url) =>
        Assert.Equal(url, BaseUrl.Read(text, out _)!.AbsoluteUri);

    [Theory]
    [InlineData("modelscope.cn")]
    [InlineData("ftp://modelscope.cn")]
    [InlineData("https://user:secret@modelscope.cn")]
    [InlineData("http://modelscope.cn/")]
    [InlineData("https://modelscope.cn/?a=b")]
    public void Read_InvalidAddress_IsNullWithAReason(string text)
    {
        Assert.Null(BaseUrl.Read(text, out var problem));
        Assert.NotNull(problem);
    }

    [Theory]
    [InlineData("https://api-inference.modelscope.cn/", "https://modelscope.cn/openapi/v1/magicubes/balance")]
    [InlineData("https://api-inference.modelscope.ai/", "https://modelscope.ai/openapi/v1/magicubes/balance")]
    [InlineData("http://127.0.0.1:7090/", "http://127.0.0.1:7090/openapi/v1/magicubes/balance")]
    public void BalanceFor_BaseUrl_IsOnTheSameOperator(string baseUrl, string balance) =>
        Assert.Equal(balance, BaseUrl.BalanceFor(new Uri(baseUrl)).AbsoluteUri);
}
