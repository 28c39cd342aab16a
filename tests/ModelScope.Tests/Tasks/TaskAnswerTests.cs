using System.Text;
using Darkroom.ModelScope.Tasks;
using Darkroom.TestKit;

namespace Darkroom.ModelScope.Tests.Tasks;

public sealed class TaskAnswerTests
{
    [Theory]
    [InlineData("000-task-done.json", "succeeded", 1)]
    [InlineData("001-task-done.json", "SUCCEED", 1)]
    [InlineData("002-task-done.json", "SUCCEED", 1)]
    [InlineData("003-task-done.json", "SUCCEED", 2)]
    [InlineData("004-task-done.json", "SUCCEED", 1)]
    public void TryRead_DocumentedSuccess_HasItsPictures(string fixture, string raw, int pictures)
    {
        var task = Read(Fixture.Bytes(fixture));
        Assert.Equal(TaskState.Succeeded, task.State);
        Assert.Equal(raw, task.RawStatus);
        Assert.Equal(pictures, task.Pictures.Count);
        Assert.All(task.Pictures, picture => Assert.EndsWith(".aliyuncs.com", picture.Link!.Host, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("000-task-failed.json", "Generation failed")]
    [InlineData("001-task-failed.json", null)]
    [InlineData("003-task-failed.json", "<message>")]
    public void TryRead_DocumentedFailure_HasItsReason(string fixture, string? reason)
    {
        var task = Read(Fixture.Bytes(fixture));
        Assert.Equal(TaskState.Failed, task.State);
        Assert.Equal(reason, task.Reason?.Message);
    }

    [Fact]
    public void TryRead_Success_HasInputAndDuration()
    {
        var task = Read(Fixture.Bytes("004-task-done.json"));
        Assert.Equal("824ddc0a-b4c5-4671-87c8-88ad2ec2d07e", task.RequestId);
        Assert.Equal(5412.925481796265, task.TimeTaken!.Value.TotalMilliseconds, 3);
        Assert.Equal(new TaskInput { Seed = 212259417, Height = 1280, Guidance = 7.5, Steps = 30, Sampler = "Euler a" }, task.Input);
        Assert.Equal(18812.86, Read(Fixture.Bytes("002-task-done.json")).TimeTaken!.Value.TotalMilliseconds, 3);
    }

    [Theory]
    [InlineData("SUCCEED", TaskState.Succeeded)]
    [InlineData("SUCCEEDED", TaskState.Succeeded)]
    [InlineData("SUCCESS", TaskState.Succeeded)]
    [InlineData("succeeded", TaskState.Succeeded)]
    [InlineData("DONE", TaskState.Succeeded)]
    [InlineData("PENDING", TaskState.Running)]
    [InlineData("RUNNING", TaskState.Running)]
    [InlineData("PROCESSING", TaskState.Running)]
    [InlineData("QUEUED", TaskState.Running)]
    [InlineData("QUEUING", TaskState.Running)]
    [InlineData("STARTED", TaskState.Running)]
    [InlineData("", TaskState.Running)]
    [InlineData("DREAMING", TaskState.Running)]
    [InlineData("FAILED", TaskState.Failed)]
    [InlineData("failed", TaskState.Failed)]
    [InlineData("ERROR", TaskState.Failed)]
    [InlineData("CANCEL", TaskState.Failed)]
    [InlineData("CANCELED", TaskState.Failed)]
    [InlineData("CANCELLED", TaskState.Failed)]
    public void TryRead_Status_MapsToStateAndKeepsRawStatus(string raw, TaskState state)
    {
        var task = Read($$"""{"task_status":"{{raw}}"}""");
        Assert.Equal(state, task.State);
        Assert.Equal(raw, task.RawStatus ?? "");
    }

    [Theory]
    [InlineData("""{"task_status":"SUCCEED","output_images":["https://h/a.png"]}""")]
    [InlineData("""{"task_status":"SUCCEED","output_images":[{"url":"https://h/a.png"}]}""")]
    [InlineData("""{"task_status":"SUCCEED","output_images":"https://h/a.png"}""")]
    [InlineData("""{"status":"succeeded","result":{"url":"https://h/a.png"}}""")]
    [InlineData("""{"status":"succeeded","result":{"images":[{"url":"https://h/a.png"}]}}""")]
    [InlineData("""{"task_status":"SUCCEED","images":[{"url":"https://h/a.png"}]}""")]
    [InlineData("""{"task_status":"SUCCEED","images":["https://h/a.png"]}""")]
    [InlineData("""{"task_status":"SUCCEED","data":[{"url":"https://h/a.png"}]}""")]
    [InlineData("""{"data":[{"url":"https://h/a.png"}]}""")]
    public void TryRead_LinkInAnyPlace_IsFound(string json)
    {
        var task = Read(json);
        Assert.Equal(TaskState.Succeeded, task.State);
        Assert.Equal("https://h/a.png", Assert.Single(task.Pictures).Link!.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"task_status":"SUCCEED","data":[{"b64_json":"iVBORw0KGgo="}]}""")]
    [InlineData("""{"task_status":"SUCCEED","images":[{"b64_json":"iVBORw0KGgo="}]}""")]
    [InlineData("""{"task_status":"SUCCEED","images":[{"b64_json":"data:image/png;base64,iVBORw0KGgo="}]}""")]
    [InlineData("""{"task_status":"SUCCEED","output_images":["data:image/png;base64,iVBORw0KGgo="]}""")]
    public void TryRead_Base64Picture_IsDecoded(string json) =>
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Assert.Single(Read(json).Pictures).Inline.ToArray());

    [Theory]
    [InlineData("""{"task_status":"FAILED","errors":{"code":500,"message":"out of memory"}}""", "500")]
    [InlineData("""{"task_status":"FAILED","errors":[{"message":"out of memory"}]}""", null)]
    [InlineData("""{"task_status":"FAILED","errors":"out of memory"}""", null)]
    [InlineData("""{"task_status":"FAILED","error":"out of memory"}""", null)]
    [InlineData("""{"task_status":"FAILED","error":{"code":"OOM","message":"out of memory"}}""", "OOM")]
    [InlineData("""{"task_status":"FAILED","message":"out of memory"}""", null)]
    [InlineData("""{"task_status":"FAILED","error_message":"out of memory"}""", null)]
    [InlineData("""{"task_status":"FAILED","error_msg":"out of memory"}""", null)]
    [InlineData("""{"task_status":"FAILED","detail":"out of memory"}""", null)]
    [InlineData("""{"task_status":"FAILED","detail":[{"loc":["body"],"msg":"out of memory"}]}""", null)]
    [InlineData("""{"task_status":"FAILED","errors":{"code":0,"message":""},"message":"out of memory"}""", null)]
    public void TryRead_ReasonInAnyPlace_IsFound(string json, string? code)
    {
        var task = Read(json);
        Assert.Equal("out of memory", task.Reason!.Message);
        Assert.Equal(code, task.Reason.Code);
    }

    [Fact]
    public void TryRead_EmptyReason_HasNoWords() =>
        Assert.False(Read("""{"task_status":"FAILED","errors":{"code":0,"message":""}}""").Reason!.HasMessage);

    [Fact]
    public void IsStillPending_TaskNotFound_IsTrueFor30Seconds()
    {
        var task = Read("""{"errors":{"code":500,"message":"task not found"},"task_status":"FAILED"}""");
        Assert.Equal(TaskState.NotFound, task.State);
        Assert.True(task.IsStillPending(TimeSpan.FromSeconds(29.9)));
        Assert.False(task.IsStillPending(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("""{"task_id":5075521}""", "5075521")]
    [InlineData("""{"task_id":"5075521"}""", "5075521")]
    [InlineData("""{"task_id":"../secrets"}""", null)]
    [InlineData("""{"task_id":""}""", null)]
    [InlineData("""{"task_id":".."}""", null)]
    [InlineData("""{"task_id":{}}""", null)]
    [InlineData("""{}""", null)]
    public void ReadSubmit_TaskId_IsNullUnlessUsable(string json, string? id) =>
        Assert.Equal(id, SubmitAnswer.Read(Encoding.UTF8.GetBytes(json))?.TaskId);

    [Theory]
    [InlineData("002-submitted.json", "5075521")]
    [InlineData("003-submitted.json", "abc123...")]
    [InlineData("004-submitted.json", "4003503")]
    public void ReadSubmit_DocumentedAnswer_HasTheTaskId(string fixture, string id) =>
        Assert.Equal(id, SubmitAnswer.Read(Fixture.Bytes(fixture))!.TaskId);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"task_status":"SUCCEED" """)]
    [InlineData("""{"task_status":"SUCCEED"} trailing""")]
    public void TryRead_NotOneJsonObject_ReturnsFalse(string text) =>
        Assert.False(TaskAnswer.TryRead(Encoding.UTF8.GetBytes(text), out _));

    // Each of these names could be an escaped form of a known one by its length, so the reader unescapes it.
    [Theory]
    [InlineData("""{"\ud800":1,"task_id":"1"}""")]
    [InlineData("""{"input":{"\udc00":1},"task_id":"1"}""")]
    [InlineData("""{"images":[{"\ud800":1}],"task_id":"1"}""")]
    [InlineData("""{"images":[{"b64_json":"\ud800"}],"task_id":"1"}""")]
    [InlineData("""{"errors":{"\ud800":1},"task_id":"1"}""")]
    [InlineData("""{"status":"\ud800","task_id":"1"}""")]
    public void TryRead_HalfOfACharacter_IsIgnored(string text)
    {
        Assert.True(TaskAnswer.TryRead(Encoding.UTF8.GetBytes(text), out var task));
        Assert.Equal(("1", 0), (task.TaskId, task.Pictures.Count));
        Assert.Equal("1", SubmitAnswer.Read(Encoding.UTF8.GetBytes(text))!.TaskId);
    }

    [Fact]
    public void Read_BalanceWithHalfOfACharacterAsName_IsRead() =>
        Assert.Equal(5, BalanceAnswer.Read("""{"\ud800":1,"data":{"\ud800":1,"available_balance":5}}"""u8)!.Available);

    [Fact]
    public void TryRead_ArbitraryBytes_DoesNotThrow() =>
        Properties.ForAll(JsonGen.Bytes(), bytes => TaskAnswer.TryRead(bytes, out var task) == task is not null, 10_000);

    [Fact]
    public void TryRead_ArbitraryObject_ReturnsTrue() =>
        Properties.ForAll(
            JsonGen.Objects(
                "task_status",
                "status",
                "task_id",
                "request_id",
                "output_images",
                "result",
                "images",
                "data",
                "url",
                "b64_json",
                "input",
                "seed",
                "width",
                "errors",
                "error",
                "message",
                "code",
                "detail",
                "error_msg",
                "time_taken"),
            json => TaskAnswer.TryRead(Encoding.UTF8.GetBytes(json), out _),
            10_000);

    [Fact]
    public void TryRead_DeepNesting_ReturnsFalse() =>
        Assert.False(TaskAnswer.TryRead(Encoding.UTF8.GetBytes("""{"result":""" + new string('[', 100_000)), out _));

    private static TaskSnapshot Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static TaskSnapshot Read(byte[] json)
    {
        Assert.True(TaskAnswer.TryRead(json, out var task));
        return task;
    }
}
