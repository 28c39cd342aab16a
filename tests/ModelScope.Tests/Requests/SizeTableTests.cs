using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Tests.Requests;

public sealed class SizeTableTests
{
    [Theory]
    [InlineData("Tongyi-MAI/Z-Image-Turbo", 512, 512, false)]
    [InlineData("Tongyi-MAI/Z-Image-Turbo", 511, 512, true)]
    [InlineData("Tongyi-MAI/Z-Image-Turbo", 2048, 2048, false)]
    [InlineData("Tongyi-MAI/Z-Image-Turbo", 2048, 2049, true)]
    [InlineData("Qwen/Qwen-Image-2512", 1664, 64, false)]
    [InlineData("Qwen/Qwen-Image", 1665, 64, true)]
    [InlineData("black-forest-labs/FLUX.1-Krea-dev", 1024, 1024, false)]
    [InlineData("black-forest-labs/FLUX.1-Krea-dev", 1025, 1024, true)]
    [InlineData("AI-ModelScope/stable-diffusion-xl-base-1.0", 2048, 64, false)]
    [InlineData("AI-ModelScope/stable-diffusion-xl-base-1.0", 2049, 64, true)]
    [InlineData("Nobody/Knows", 9999, 1, false)]
    public void Check_SizeOutsideTheDocumentedRange_IsOnlyAWarning(string model, int width, int height, bool warns)
    {
        var verdict = ImageRequestRules.Check(new ImageRequest { Prompt = "x", Model = model, Size = new ImageSize(width, height) });
        Assert.True(verdict.IsValid);
        Assert.Equal(warns ? ["size"] : [], verdict.Warnings.Select(warning => warning.Field));
    }
}
