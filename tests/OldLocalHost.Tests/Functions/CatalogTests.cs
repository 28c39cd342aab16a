using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Tests.Functions;

public sealed class CatalogTests
{
    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var message = Refusal(typeof(Twins), typeof(Triggerless), typeof(TwoTriggers), typeof(Blank));
        Assert.StartsWith("The function app cannot start.", message, StringComparison.Ordinal);
        Assert.Contains("  - 2 functions have the name 'Same': ", message, StringComparison.Ordinal);
        Assert.Contains($"Function 'NoTrigger' ({typeof(Triggerless)}.Run): no parameter has a trigger such as [HttpTrigger].", message, StringComparison.Ordinal);
        Assert.Contains("2 parameters have a trigger; a function has one.", message, StringComparison.Ordinal);
        Assert.Contains("the name is blank.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duplicate_function_name_is_an_error_that_names_both()
    {
        var message = Refusal(typeof(Twins));
        Assert.Contains($"2 functions have the name 'Same': {typeof(Twins).FullName}.One, {typeof(Twins).FullName}.Other.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_orchestrations_may_not_be_called_by_one_name() =>
        Assert.Contains("2 orchestrations have the name 'Story': ", Refusal(typeof(DurableTwins)), StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(WrongOrchestrator), "parameter 'context' of type String cannot be filled: [OrchestrationTrigger] gives a TaskOrchestrationContext.")]
    [InlineData(typeof(ClientInOrchestrator), "parameter 'client' of type DurableTaskClient cannot be filled: an orchestration reaches others through its context, never through a client: a replay would do it again.")]
    [InlineData(typeof(WrongHttp), "parameter 'request' of type HttpContext cannot be filled: [HttpTrigger] gives an HttpRequest.")]
    [InlineData(typeof(WrongTimer), "parameter 'timer' of type String cannot be filled: [TimerTrigger] gives a TimerInfo.")]
    [InlineData(typeof(ServiceAsParameter), "parameter 'log' of type ILogger`1 cannot be filled: nothing fills it; services are asked for in the constructor of the function's class.")]
    [InlineData(typeof(ClientWithoutAttribute), "parameter 'client' of type DurableTaskClient cannot be filled: it needs the attribute [DurableClient].")]
    [InlineData(typeof(ClientOfAnotherType), "parameter 'client' of type String cannot be filled: [DurableClient] gives a DurableTaskClient.")]
    [InlineData(typeof(RouteValueOfAnyType), "parameter 'id' of type Uploader cannot be filled: no text can be read as such a value.")]
    [InlineData(typeof(ByReference), "parameter 'input' is passed by reference.")]
    [InlineData(typeof(AsyncVoid), "it is async void, which nobody can wait for: return a Task.")]
    [InlineData(typeof(Value), "it returns a ValueTask, which the worker does not wait for: return a Task.")]
    [InlineData(typeof(TaskOfTask), "it returns a task of a task.")]
    [InlineData(typeof(Hidden), "the method is not public.")]
    [InlineData(typeof(Unmakeable), "its class has no public constructor.")]
    [InlineData(typeof(Abstract), "its class is abstract.")]
    [InlineData(typeof(BadName), "the name must begin with a letter, go on with letters, digits, - and _, have at most 128 of them, and not be 'host'.")]
    [InlineData(typeof(ReservedName), "and not be 'host'.")]
    public void What_cannot_be_called_is_refused_with_the_reason(Type functions, string reason) =>
        Assert.Contains(reason, Refusal(functions), StringComparison.Ordinal);

    [Fact]
    public void Http_functions_need_the_web_application()
    {
        var exception = Assert.Throws<StartException>(() => RunningApp.Build(new AppSettings(typeof(Http)) { IsWeb = false }));
        Assert.Contains("HTTP functions need builder.ConfigureFunctionsWebApplication() in Program.cs: Hello.", exception.Message, StringComparison.Ordinal);
    }

    private static string Refusal(params Type[] functions) => Assert.Throws<StartException>(() => RunningApp.Build(new AppSettings(functions))).Message;

#pragma warning disable CA1822, MA0038, CA2012, MA0155, IDE0060, AsyncFixer03, VSTHRD100 // these functions are wrong on purpose
    private sealed class Twins
    {
        [Function("Same")]
        public static void One([ActivityTrigger] string input)
        {
        }

        [Function("same")]
        public static void Other([ActivityTrigger] string input)
        {
        }
    }

    private sealed class DurableTwins
    {
        [Function("A")]
        public static void One([OrchestrationTrigger(Orchestration = "Story")] TaskOrchestrationContext context)
        {
        }

        [Function("Story")]
        public static void Other([OrchestrationTrigger] TaskOrchestrationContext context)
        {
        }
    }

    private sealed class Triggerless
    {
        [Function("NoTrigger")]
        public static void Run(string input)
        {
        }
    }

    private sealed class TwoTriggers
    {
        [Function("Two")]
        public static void Run([ActivityTrigger] string input, [TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
        }
    }

    private sealed class Blank
    {
        [Function(" ")]
        public static void Run([ActivityTrigger] string input)
        {
        }
    }

    private sealed class BadName
    {
        [Function("1st")]
        public static void Run([ActivityTrigger] string input)
        {
        }
    }

    private sealed class ReservedName
    {
        [Function("Host")]
        public static void Run([ActivityTrigger] string input)
        {
        }
    }

    private sealed class WrongOrchestrator
    {
        [Function("F")]
        public static void Run([OrchestrationTrigger] string context)
        {
        }
    }

    private sealed class ClientInOrchestrator
    {
        [Function("F")]
        public static void Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client)
        {
        }
    }

    private sealed class WrongHttp
    {
        [Function("F")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpContext request)
        {
        }
    }

    private sealed class WrongTimer
    {
        [Function("F")]
        public static void Run([TimerTrigger("0 * * * * *")] string timer)
        {
        }
    }

    private sealed class ServiceAsParameter
    {
        [Function("F")]
        public static void Run([ActivityTrigger] string input, ILogger<CatalogTests> log)
        {
        }
    }

    private sealed class ClientWithoutAttribute
    {
        [Function("F")]
        public static void Run([ActivityTrigger] string input, DurableTaskClient client)
        {
        }
    }

    private sealed class ClientOfAnotherType
    {
        [Function("F")]
        public static void Run([ActivityTrigger] string input, [DurableClient] string client)
        {
        }
    }

    private sealed class Uploader;

    private sealed class RouteValueOfAnyType
    {
        [Function("F")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x/{id}")] HttpRequest request, Uploader id)
        {
        }
    }

    private sealed class ByReference
    {
        [Function("F")]
        public static void Run([ActivityTrigger] ref string input) => input = "";
    }

    private sealed class AsyncVoid
    {
        [Function("F")]
        public static async void Run([ActivityTrigger] string input) => await Task.Yield();
    }

    private sealed class Value
    {
        [Function("F")]
        public static ValueTask Run([ActivityTrigger] string input) => default;
    }

    private sealed class TaskOfTask
    {
        [Function("F")]
        public static Task<Task> Run([ActivityTrigger] string input) => Task.FromResult(Task.CompletedTask);
    }

    private sealed class Hidden
    {
        [Function("F")]
        internal static void Run([ActivityTrigger] string input)
        {
        }
    }

    private sealed class Unmakeable
    {
        private Unmakeable()
        {
        }

        [Function("F")]
        public void Run([ActivityTrigger] string input)
        {
        }
    }

    private abstract class Abstract
    {
        [Function("F")]
        public void Run([ActivityTrigger] string input)
        {
        }
    }

    private sealed class Http
    {
        [Function("Hello")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();
    }
#pragma warning restore
}
