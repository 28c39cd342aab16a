using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Darkroom.LocalHost.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Functions_are_listed_as_core_tools_lists_them_and_then_it_is_ready()
    {
        await using var app = await RunningApp.StartAsync(new AppSettings(typeof(App)) { LocalSettingsJson = """{"Values":{"AzureWebJobs.Retired.Disabled":"1"}}""" });
        var port = app.Url.Port;
        var expected = $"""

            Functions:

            	Anything:  http://localhost:{port}/api/Anything

            	Pictures: [GET,POST] http://localhost:{port}/api/pictures/{"{id:int?}"}

            	Develop: orchestrationTrigger

            	Save: activityTrigger

            Function Retired is disabled.
            Ready: http://127.0.0.1:{port}

            """;
        Assert.Equal(expected, app.Output.ToString());
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("api/pictures/5")).StatusCode);
    }

    [Fact]
    public async Task Without_a_prefix_there_is_none_in_the_listing_either()
    {
        await using var app = await RunningApp.StartAsync(new AppSettings(typeof(App)) { HostJson = """{"extensions":{"http":{"routePrefix":""}}}""" });
        Assert.Contains($"\tAnything:  http://localhost:{app.Url.Port}/Anything\n", app.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("pictures/5")).StatusCode);
    }

    [Fact]
    public async Task It_listens_on_this_machine_only_whatever_the_environment_says()
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_HTTP_PORTS", "0");
        try
        {
            await using var app = await RunningApp.StartAsync(new AppSettings(typeof(App)) { Arguments = ["--urls=http://0.0.0.0:0", "--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0"] });
            Assert.Equal([app.Url.GetLeftPart(UriPartial.Authority)], app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses);
            var listening = Assert.Single(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), endpoint => endpoint.Port == app.Url.Port);
            Assert.Equal(IPAddress.Loopback, listening.Address);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ASPNETCORE_HTTP_PORTS", null);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var first = await RunningApp.StartAsync(new AppSettings(typeof(App)));
        await using var second = RunningApp.Build(new AppSettings(typeof(App)) { Arguments = [$"--port={first.Url.Port}"] });
        var exception = await Assert.ThrowsAnyAsync<IOException>(() => second.RunAsync());
        Assert.Contains($"127.0.0.1:{first.Url.Port}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.example", "https://a.example", true)]
    [InlineData("https://a.example", "https://b.example", false)]
    [InlineData("*", "https://b.example", true)]
    public async Task Pages_of_other_origins_may_call_if_the_settings_say_so(string allowed, string origin, bool may)
    {
        await using var app = await RunningApp.StartAsync(new AppSettings(typeof(App)) { LocalSettingsJson = $$$"""{"Host":{"CORS":"{{{allowed}}}"}}""" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/Anything");
        request.Headers.Add("Origin", origin);
        var response = await app.Http.SendAsync(request);
        Assert.Equal(may, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_stop_tells_running_functions_and_waits_for_them()
    {
        await using var app = await RunningApp.StartAsync(new AppSettings(typeof(Slow)) { Configure = builder => builder.Services.AddSingleton<Slow.Seen>() });
        var seen = app.Services.GetRequiredService<Slow.Seen>();
        var answer = app.Http.GetStringAsync("api/Slow");
        await seen.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await app.StopAsync();
        Assert.Equal("finished", await answer);
    }

    [Fact]
    public async Task A_function_that_does_not_stop_is_left_behind_after_the_time_that_a_stop_has()
    {
        await using var app = await RunningApp.StartAsync(new AppSettings(typeof(Slow))
        {
            Configure = builder => builder.Services.AddSingleton<Slow.Seen>().Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50)),
        });
        var seen = app.Services.GetRequiredService<Slow.Seen>();
        var answer = app.Http.GetAsync("api/Deaf");
        await seen.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await app.StopAsync();
        seen.Release.SetResult();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public async Task A_stop_has_ten_seconds()
    {
        await using var app = RunningApp.Build(new AppSettings(typeof(App)));
        Assert.Equal(TimeSpan.FromSeconds(10), app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    internal sealed class App
    {
        [Function("Pictures")]
        public static IResult Pictures([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "pictures/{id:int?}")] HttpRequest request, int? id) => Results.Ok(id);

        [Function("Anything")]
        public static IResult Anything([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function("Develop")]
        public static void Develop([OrchestrationTrigger] TaskOrchestrationContext context)
        {
        }

        [Function("Save")]
        public static void Save([ActivityTrigger] string input)
        {
        }

        [Function("Retired")]
        public static IResult Retired([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
    }

    internal sealed class Slow(Slow.Seen seen)
    {
        [Function("Slow")]
        public async Task<IResult> Wait([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken stop)
        {
            var stopped = new TaskCompletionSource();
            await using var registration = stop.Register(stopped.SetResult);
            seen.Begun.SetResult();
            await stopped.Task;
            return Results.Text("finished");
        }

        [Function("Deaf")]
        public async Task<IResult> WaitForever([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            seen.Begun.SetResult();
            await seen.Release.Task;
            return Results.Text("too late");
        }

        internal sealed class Seen
        {
            public TaskCompletionSource Begun { get; } = new();

            public TaskCompletionSource Release { get; } = new();
        }
    }
}
