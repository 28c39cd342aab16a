using System.Net;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Tests.Http;

public sealed class RoutingTests : HttpTest
{
    [Theory]
    [InlineData("GET", "api/things", "thing all")]
    [InlineData("GET", "api/things/7", "thing 7")]
    [InlineData("GET", "API/Things/7", "thing 7")]
    [InlineData("GET", "api/things/cat/details", "details of cat")]
    [InlineData("GET", "api/things/a%20b/details", "details of a b")]
    [InlineData("POST", "api/things", "added ")]
    [InlineData("GET", "api/Everything", "GET")]
    [InlineData("PATCH", "api/Everything", "PATCH")]
    [InlineData("DELETE", "api/everything", "DELETE")]
    public async Task A_request_finds_its_function(string method, string path, string answer)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        Assert.Equal(answer, await (await Http.SendAsync(request)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "api/nowhere")]
    [InlineData("GET", "things")]
    [InlineData("GET", "api/things/seven")]
    [InlineData("PUT", "api/things")]
    [InlineData("HEAD", "api/things")]
    [InlineData("OPTIONS", "api/things")]
    public async Task An_unknown_path_and_a_wrong_verb_are_not_found_as_in_the_functions_host(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Empty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Route_values_become_what_the_parameters_are()
    {
        const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";
        Assert.Equal($"-5 {Id} Friday x", await Http.GetStringAsync($"api/values/-5/{Id}/friday/x"));
        Assert.Equal($"-5 {Id} Friday none", await Http.GetStringAsync($"api/values/-5/{Id}/Friday"));
    }

    [Theory]
    [InlineData("api/values/many/0f8fad5b-d9cb-469f-a165-70867728950e/friday", "1 input parameters for Function 'Values': Cannot convert input parameter 'number' to type 'System.Int64'")]
    [InlineData("api/values/99999999999999999999/x/someday", "3 input parameters for Function 'Values'")]
    public async Task A_route_value_that_does_not_fit_is_a_bad_request(string path, string reason)
    {
        var response = await Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_gets_its_context_its_client_and_what_is_known_of_the_request() =>
        Assert.Equal("""True Fake 7 {"a":"1,2","b":""} True""", await Http.GetStringAsync("api/context/7?a=1&a=2&b="));

    [Theory]
    [InlineData(typeof(SameRoute), "Functions 'One' and 'Two' have the same route: 'api/a/{x}' and 'api/A/{y}'.")]
    [InlineData(typeof(SameForAllVerbs), "Functions 'One' and 'Two' have the same route: 'api/a' and 'api/a'.")]
    [InlineData(typeof(NoTemplate), "Function 'F': the route 'a/{' is no route template: ")]
    [InlineData(typeof(NoConstraint), "Function 'F': the route 'api/a/{x:picture}' has a constraint that cannot be used: ")]
    [InlineData(typeof(Reserved), "Function 'F': the route 'admin/things' begins like the host's own ones.")]
    [InlineData(typeof(MayBeMissing), "Function 'F': 'x' may be missing in the route 'a/{x?}', so the parameter must be nullable or have a default value.")]
    public void Routes_that_cannot_work_are_an_error_at_the_start(Type functions, string message) =>
        Assert.Contains(message, Assert.Throws<StartException>(() => RunningApp.Build(new AppSettings(functions))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task One_route_may_have_a_function_for_each_verb_and_one_for_each_constraint()
    {
        await using var app = await RunningApp.StartAsync(new AppSettings(typeof(Alternatives)));
        Assert.Equal("number", await app.Http.GetStringAsync("api/a/1"));
        Assert.Equal("text", await app.Http.GetStringAsync("api/a/x"));
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/a/x");
        Assert.Equal("put", await (await app.Http.SendAsync(request)).Content.ReadAsStringAsync());
    }

    private sealed class SameRoute
    {
        [Function("One")]
        public static IResult One([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{x}")] HttpRequest request) => Results.Ok();

        [Function("Two")]
        public static IResult Two([HttpTrigger(AuthorizationLevel.Anonymous, "post", "get", Route = "/A/{y}/")] HttpRequest request) => Results.Ok();
    }

    private sealed class SameForAllVerbs
    {
        [Function("One")]
        public static IResult One([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a")] HttpRequest request) => Results.Ok();

        [Function("Two")]
        public static IResult Two([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) => Results.Ok();
    }

    private sealed class NoTemplate
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{")] HttpRequest request) => Results.Ok();
    }

    private sealed class NoConstraint
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{x:picture}")] HttpRequest request) => Results.Ok();
    }

    private sealed class Reserved
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "admin/things")] HttpRequest request) => Results.Ok();
    }

    private sealed class MayBeMissing
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{x?}")] HttpRequest request, int x) => Results.Ok(x);
    }

    private sealed class Alternatives
    {
        [Function("Number")]
        public static IResult Number([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{x:int}")] HttpRequest request) => Results.Text("number");

        [Function("Text")]
        public static IResult Text([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{x}")] HttpRequest request) => Results.Text("text");

        [Function("Put")]
        public static IResult Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "a/{x}")] HttpRequest request) => Results.Text("put");
    }
}
