using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Tests.Requests;

public sealed class KnownModelsTests
{
    [Fact]
    public void StartingWith_ListedModel_IsFirstAndNotRepeated()
    {
        var models = KnownModels.StartingWith("Qwen/Qwen-Image-Edit");
        Assert.Equal("Qwen/Qwen-Image-Edit", models[0].Id);
        Assert.True(models[0].Edits);
        Assert.Equal(KnownModels.All.Count, models.Count);
        Assert.Equal(models.Count, models.DistinctBy(model => model.Id).Count());
    }

    [Theory]
    [InlineData("Some/New-Edit-Model", true)]
    [InlineData("Some/New-Model", false)]
    public void StartingWith_OtherModel_IsAdded(string id, bool edits)
    {
        var models = KnownModels.StartingWith(id);
        Assert.Equal(new KnownModel(id, edits), models[0]);
        Assert.Equal(KnownModels.All.Count + 1, models.Count);
    }

    [Fact]
    public void Sizes_AreTheDocumentedOnes()
    {
        Assert.Equal(new SizeRange("Z-Image-Turbo", 512, 2048), KnownModels.All[0].Sizes);
        Assert.Null(new KnownModel("Some/New-Model", Edits: false).Sizes);
    }
}
