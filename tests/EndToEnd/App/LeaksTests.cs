namespace Darkroom.EndToEnd;

/// <summary>Checks that <see cref="Leaks"/> finds leaks, because otherwise every test that uses it would pass.</summary>
public sealed class LeaksTests
{
    [Theory]
    [InlineData("{\"input\":\"Bearer ms-5f0c6b1e-secret-token\"}")]
    [InlineData("see http://127.0.0.1:7091/img/1795269790001-0.png for it")]
    [InlineData("https://bucket.aliyuncs.com/a.png?Expires=1&Signature=x")]
    [InlineData("   at Darkroom.Generation.SubmitTask.RunAsync(SubmitOrder order)")]
    [InlineData("in SubmitTask.cs:line 12")]
    public void Find_Leak_IsFound(string text) => Assert.NotNull(Leaks.Find(text));

    [Theory]
    [InlineData("{\"url\":\"/api/images/abc/files/0\"}")]
    [InlineData("Looked at it at 10:00 (again).")]
    public void Find_HarmlessText_IsNull(string text) => Assert.Null(Leaks.Find(text));

    [Fact]
    public void FindInLog_StackFrames_FindsOnlyThoseOfTheApp()
    {
        const string host =
            "failed at Microsoft.Azure.WebJobs.Host.Executors.FunctionExecutor.TryExecuteAsync(IFunctionInstance a, B`1[] b) in "
                + "/_/src/FunctionExecutor.cs:line 113 ";
        Assert.NotNull(Leaks.Find(host));
        Assert.Null(Leaks.FindInLog(host));
        Assert.NotNull(Leaks.FindInLog(host + "at Darkroom.Generation.SubmitTask.RunAsync(SubmitOrder order)"));
    }
}
