using Darkroom.Batches;
using Darkroom.Queues;
using Darkroom.Requests;

namespace Darkroom.Functions.Tests.Requests;

public sealed class JobIdsTests
{
    [Theory]
    [InlineData("autumn", true)]
    [InlineData("autumn.7.0", true)]
    [InlineData("a_b-c", true)]
    [InlineData("v1.2b", true)]
    [InlineData("v1.2", true)]
    [InlineData("autumn.", false)]
    [InlineData(".autumn", false)]
    [InlineData("autumn..7", false)]
    [InlineData("../a", false)]
    [InlineData("", false)]
    public void IsValid_ValidId_StaysValidWithAnItemKeyAppended(string id, bool isValid)
    {
        Assert.Equal(isValid, JobIds.IsValid(id));
        Assert.True(!isValid || JobIds.IsValid(BatchItem.JobIdOf(id, "7.0")));
        var message = QueueMessage.Read($$"""{"id":"{{id}}","prompt":"a"}""", "Owner/Name", []);
        if (isValid && !JobIds.IsPart(id))
            Assert.Equal(id, Assert.IsType<QueueMessage.Job>(message).GivenId);
        else
            Assert.Equal("id", Assert.Single(Assert.IsType<QueueMessage.Invalid>(message).Problems).Field);
    }
}
