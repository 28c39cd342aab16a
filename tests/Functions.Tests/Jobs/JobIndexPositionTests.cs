using System.Buffers.Text;
using System.Text;
using Darkroom.Jobs;

namespace Darkroom.Functions.Tests.Jobs;

public sealed class JobIndexPositionTests
{
    private static readonly JobIndexPosition Place = new("cards/2912345/", "marker", "cards/2912345/0123456789012345678-job");

    [Fact]
    public void TryParse_TokenOfAPosition_ReturnsThePosition()
    {
        Assert.True(JobIndexPosition.TryParse(Place.ToString(), out var place));
        Assert.Equal(Place, place);
        Assert.True(JobIndexPosition.TryParse(null, out place));
        Assert.Null(place);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("bnVsbA")]
    [InlineData("%%%")]
    public void TryParse_InventedToken_Fails(string token) => Assert.False(JobIndexPosition.TryParse(token, out _));

    [Theory]
    [InlineData("""{"Day":null,"Last":"a"}""")]
    [InlineData("""{"Day":"cards/1/","Last":"cards/1/a"}""")]
    [InlineData("""{"Day":"batches/1234567/","Last":"batches/1234567/a"}""")]
    [InlineData("""{"Day":"cards/1234567/","Last":"cards/7654321/a"}""")]
    [InlineData("""{"Day":"cards/../x/","Last":"cards/../x/a"}""")]
    [InlineData("""{"Day":"cards/1234567/"}""")]
    [InlineData("""[]""")]
    public void TryParse_TokenForAnotherFolder_Fails(string json) =>
        Assert.False(JobIndexPosition.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)), out _));
}
