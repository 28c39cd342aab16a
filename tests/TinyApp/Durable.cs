using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;

namespace Darkroom.TinyApp;

/// <summary>Orchestrations, activities and entities that call each other.</summary>
public static class Durable
{
    /// <summary>Greets cities in activities and a sub-orchestration, counts them in an entity, and waits for an event.</summary>
    [Function("Tour")]
    public static async Task<string[]> TourAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var counter = new EntityInstanceId("Counter", context.InstanceId);
        var three = await Task.WhenAll(
            new[] { "Tokyo", "Seattle", "London" }.Select(city => context.CallActivityAsync<string>("Greet", city)));
        await context.Entities.CallEntityAsync(counter, "Add", three.Length);
        var fourth = await context.CallSubOrchestratorAsync<string>("Detour", "Lima");
        await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
        context.SetCustomStatus("waits");
        var last = await context.WaitForExternalEvent<string>("last");
        var count = await context.Entities.CallEntityAsync<int>(counter, "Add", 2);
        return [.. three, fourth, last, $"{count}"];
    }

    /// <summary>Calls an activity that fails, and then one that succeeds.</summary>
    [Function("Detour")]
    public static async Task<string> DetourAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var city = context.GetInput<string>()!;
        try
        {
            return await context.CallActivityAsync<string>("Refuse", city);
        }
        catch (TaskFailedException failure) when (failure.FailureDetails.ErrorType == typeof(NotSupportedException).FullName)
        {
            return await context.CallActivityAsync<string>("Greet", city);
        }
    }

    /// <summary>Runs ten activities. If a host is killed, an activity can run more than once.</summary>
    [Function("Work")]
    public static async Task<int> WorkAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var done = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => context.CallActivityAsync<int>("Piece", number)));
        return done.Sum();
    }

    [Function("Greet")]
    public static string Greet([ActivityTrigger] string city) => $"Hello {city}!";

    /// <summary>Always fails.</summary>
    [Function("Refuse")]
    public static string Refuse([ActivityTrigger] string city) => throw new NotSupportedException($"not {city}");

    /// <summary>Takes 200 ms.</summary>
    [Function("Piece")]
    public static async Task<int> PieceAsync([ActivityTrigger] int number)
    {
        await Task.Delay(200);
        return number;
    }

    /// <summary>The entry point of the entity.</summary>
    [Function("Counter")]
    public static Task CounterAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<Counter>();
    }

    /// <summary>Returns the state of the entity.</summary>
    [Function("Count")]
    public static async Task<HttpResponseData> CountAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "count/{id}")] HttpRequestData request,
        string id, [DurableClient] DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        var entity = await client.Entities.GetEntityAsync<int>(new EntityInstanceId("Counter", id));
        var answer = request.CreateResponse();
        await answer.WriteStringAsync($"{entity?.State}");
        return answer;
    }
}

/// <summary>An entity that adds numbers.</summary>
public sealed class Counter : TaskEntity<int>
{
    public int Add(int amount) => State += amount;
}
