using System.Net;
using System.Text.Json.Nodes;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Tests.Hosting;

namespace Darkroom.LocalHost.Tests.Http;

public sealed class KeyTests : HttpTest
{
    [Theory]
    [InlineData("FunctionLevel")]
    [InlineData("AdminLevel")]
    [InlineData("NoLevel")]
    public async Task Without_require_key_everybody_may_call_everything(string function)
    {
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync($"api/{function}")).StatusCode);
        Assert.False(File.Exists(Path.Combine(App.StateDirectory, "keys.json")));
    }

    [Theory]
    [InlineData("AnonymousLevel", "", true)]
    [InlineData("AnonymousLevel", "wrong", true)]
    [InlineData("FunctionLevel", "", false)]
    [InlineData("FunctionLevel", "wrong", false)]
    [InlineData("FunctionLevel", "default", true)]
    [InlineData("FunctionLevel", "master", true)]
    [InlineData("FunctionLevel", "system", false)]
    [InlineData("NoLevel", "", false)]
    [InlineData("NoLevel", "default", true)]
    [InlineData("AdminLevel", "", false)]
    [InlineData("AdminLevel", "default", false)]
    [InlineData("AdminLevel", "system", false)]
    [InlineData("AdminLevel", "master", true)]
    public async Task With_require_key_a_level_needs_its_key_or_the_master_key(string function, string key, bool may)
    {
        await using var app = await StartAsync(settings => settings with { Arguments = ["--require-key"] });
        var shown = key is "" or "wrong" ? key : Keys(app)[key]!.GetValue<string>();

        using var byHeader = new HttpRequestMessage(HttpMethod.Get, $"api/{function}");
        if (shown.Length > 0)
            byHeader.Headers.Add("x-functions-key", shown);
        foreach (var response in (HttpResponseMessage[])[await app.Http.SendAsync(byHeader), await app.Http.GetAsync($"api/{function}?code={shown}")])
        {
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
            if (!may)
                Assert.Equal("", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_header_goes_before_the_query()
    {
        await using var app = await StartAsync(settings => settings with { Arguments = ["--require-key"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/FunctionLevel?code={Keys(app)["master"]}");
        request.Headers.Add("x-functions-key", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Keys_are_their_owners_only_and_are_never_written_anywhere_else()
    {
        await using var app = await StartAsync(settings => settings with { Arguments = ["--require-key"] });
        var file = Path.Combine(app.StateDirectory, "keys.json");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains($"Keys are asked for; they are in {file}", app.Output.ToString(), StringComparison.Ordinal);

        var keys = Keys(app).Select(key => key.Value!.GetValue<string>()).ToList();
        Assert.Equal(3, keys.Distinct().Count());
        foreach (var key in keys)
        {
            await app.Http.GetAsync($"api/Throw?code={key}");
            await app.Http.GetAsync($"runtime/webhooks/durabletask/instances/a/{key}?code={key}");
            Assert.Equal(43, key.Length);
            Assert.DoesNotContain(key, app.Log.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(key, app.Output.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"master":"a","default":"b"}""")]
    public async Task A_file_that_holds_no_keys_is_said_and_not_replaced(string content)
    {
        using var directory = new TempDirectory();
        var state = Directory.CreateDirectory(Path.Combine(directory.Path, "state"));
        var path = Path.Combine(state.FullName, "keys.json");
        await File.WriteAllTextAsync(path, content);
        var exception = Assert.Throws<StartException>(() => Darkroom.LocalHost.Http.KeyFile.Open(state.FullName));
        Assert.Equal($"{path} does not hold the keys master, default and system. Delete it, and new ones are made.", exception.Message);
        Assert.Equal(content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public void The_same_keys_are_read_back()
    {
        using var directory = new TempDirectory();
        var (first, second) = (Darkroom.LocalHost.Http.KeyFile.Open(directory.Path), Darkroom.LocalHost.Http.KeyFile.Open(directory.Path));
        Assert.Equal((first.Master, first.Default, first.System), (second.Master, second.Default, second.System));
    }

    private static JsonObject Keys(RunningApp app) => JsonNode.Parse(File.ReadAllText(Path.Combine(app.StateDirectory, "keys.json")))!.AsObject();
}
