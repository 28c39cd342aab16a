using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Http;

#pragma warning disable IDE0060 // a trigger is a parameter, used or not
/// <summary>Functions of every kind that a request can meet.</summary>
internal sealed class HttpFunctions(HttpFunctions.Marker marker)
{
    [Function("ById")]
    public static IResult ById([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:int?}")] HttpRequest request, int? id) => Results.Text($"thing {id?.ToString() ?? "all"}");

    [Function("ByName")]
    public static IResult ByName([HttpTrigger(AuthorizationLevel.Anonymous, "GET", Route = "things/{name}/details")] HttpRequest request, string name) => Results.Text($"details of {name}");

    [Function("Add")]
    public static async Task<IResult> Add([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things")] HttpRequest request) =>
        Results.Text($"added {await new StreamReader(request.Body).ReadToEndAsync()}");

    [Function("Values")]
    public static IResult Values(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "values/{number}/{id}/{day}/{text?}")] HttpRequest request, long number, Guid id, DayOfWeek day, string text = "none") =>
        Results.Text($"{number} {id} {day} {text}");

    [Function("Context")]
    public static IResult Context([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "context/{id}")] HttpRequest request, FunctionContext context, [DurableClient] DurableTaskClient client)
    {
        var data = context.BindingContext.BindingData;
        return Results.Text($"{ReferenceEquals(context.GetHttpContext(), request.HttpContext)} {client.Name} {data["ID"]} {data["Query"]} {data.ContainsKey("Headers")}");
    }

    [Function("Everything")]
    public static IResult Everything([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);

    [Function("Action")]
    public static IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new ObjectResult(new { Answer = 42 }) { StatusCode = 418 };

    [Function("ActionLater")]
    public static async Task<IActionResult> ActionLater([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await Task.Yield();
        return new ContentResult { Content = "later" };
    }

    [Function("Either")]
    public static object Either([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => request.Query.ContainsKey("action") ? new OkResult() : Results.NoContent();

    [Function("Nothing")]
    public static void Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
    }

    [Function("Self")]
    public static async Task Self([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.StatusCode = 203;
        await request.HttpContext.Response.WriteAsync("by itself");
    }

    [Function("Text")]
    public static string Text([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => "lost";

    [Function("Poco")]
    public static Task<Marker> Poco([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Task.FromResult(new Marker());

    [Function("Throw")]
    public static IResult Throw([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Half"] = "done";
        throw new InvalidOperationException("secret words");
    }

    [Function("ThrowLate")]
    public static async Task ThrowLate([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("half an answer");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("too late");
    }

    [Function("Upload")]
    public static async Task<IResult> Upload([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) =>
        Results.Text(Convert.ToHexString(await SHA256.HashDataAsync(request.Body)));

    [Function("Download")]
    public static IResult Download([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Stream(async answer =>
    {
        var block = new byte[1 << 20];
        for (var i = 0; i < 40; i++)
            await answer.WriteAsync(block);
    });

    [Function("Lines")]
    public static async Task Lines([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        while (await reader.ReadLineAsync() is { } line)
        {
            await request.HttpContext.Response.WriteAsync($"{line}!\n");
            await request.HttpContext.Response.Body.FlushAsync();
        }
    }

    [Function("Hang")]
    public async Task<IResult> Hang([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken gone)
    {
        marker.Begun.SetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, gone);
        }
        finally
        {
            marker.Ended.SetResult();
        }

        return Results.Ok();
    }

    [Function("Scope")]
    public static IResult Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
        Results.Text($"{ReferenceEquals(context.InstanceServices.GetRequiredService<Scoped>(), request.HttpContext.RequestServices.GetRequiredService<Scoped>())}");

    [Function("FunctionLevel")]
    public static IResult FunctionLevel([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Text("function");

    [Function("NoLevel")]
    public static IResult NoLevel([HttpTrigger("get")] HttpRequest request) => Results.Text("function");

    [Function("AdminLevel")]
    public static IResult AdminLevel([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => Results.Text("admin");

    [Function("AnonymousLevel")]
    public static IResult AnonymousLevel([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("anybody");

    internal sealed class Marker
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Ended { get; } = new();
    }

    internal sealed class Scoped;
}
