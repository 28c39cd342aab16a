using System.Diagnostics;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Darkroom.LocalHost.Tests.Functions;

public sealed class InvocationTests
{
    [Fact]
    public async Task A_context_says_what_is_run_and_keeps_what_belongs_to_one_run()
    {
        await using var app = RunningApp.Build(new AppSettings(typeof(Look)) { Configure = builder => builder.Services.AddSingleton<Seen>() });
        var runner = app.Services.GetRequiredService<IFunctionRunner>();
        await runner.RunActivityAsync("Look", "i", null, default);
        await runner.RunActivityAsync("Look", "i", null, default);
        var (first, second) = (app.Services.GetRequiredService<Seen>().Contexts[0], app.Services.GetRequiredService<Seen>().Contexts[1]);

        Assert.NotEqual(first.InvocationId, second.InvocationId);
        Assert.Equal(first.InvocationId, first.InvocationId);
        Assert.Equal(first.FunctionId, second.FunctionId);
        Assert.NotSame(first.Items, second.Items);
        Assert.Null(first.RetryContext);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$", first.TraceContext.TraceParent);

        var definition = first.FunctionDefinition;
        Assert.Equal(("Look", $"{typeof(Look).FullName}.Run"), (definition.Name, definition.EntryPoint));
        Assert.Equal(typeof(Look).Assembly.Location, definition.PathToAssembly);
        Assert.Equal("activityTrigger", Assert.Single(definition.InputBindings).Value.Type);
        Assert.Equal(["input", "context", "depth"], definition.Parameters.Select(parameter => parameter.Name));
        Assert.Equal((true, 7), (definition.Parameters[2].HasDefaultValue, definition.Parameters[2].DefaultValue));
    }

    [Fact]
    public async Task It_belongs_to_the_trace_that_is_under_way()
    {
        await using var app = RunningApp.Build(new AppSettings(typeof(Look)) { Configure = builder => builder.Services.AddSingleton<Seen>() });
        using var activity = new Activity("trace").SetIdFormat(ActivityIdFormat.W3C).Start();
        await app.Services.GetRequiredService<IFunctionRunner>().RunActivityAsync("Look", "i", null, default);
        Assert.Equal(activity.Id, app.Services.GetRequiredService<Seen>().Traces[0]);
    }

    [Fact]
    public async Task The_first_middleware_is_the_outermost_and_features_go_with_the_run()
    {
        await using var app = RunningApp.Build(new AppSettings(typeof(Look))
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton<Seen>();
                builder.UseMiddleware<Outer>();
                builder.UseMiddleware(async (context, next) =>
                {
                    Assert.Equal("from outside", context.Features.Get<Note>()!.Text);
                    context.InstanceServices.GetRequiredService<Seen>().Lines.Add("inner");
                    await next();
                });
            },
        });
        await app.Services.GetRequiredService<IFunctionRunner>().RunActivityAsync("Look", "i", null, default);
        Assert.Equal(["outer", "inner", "function", "outer again"], app.Services.GetRequiredService<Seen>().Lines);
    }

    [Fact]
    public async Task A_middleware_may_pass_on_a_context_of_its_own()
    {
        await using var app = RunningApp.Build(new AppSettings(typeof(Look))
        {
            Configure = builder => builder.Services.AddSingleton<Seen>().AddSingleton(builder.Use(next => context => next(new Wrapped(context)))),
        });
        await app.Services.GetRequiredService<IFunctionRunner>().RunActivityAsync("Look", "i", null, default);
        Assert.Equal(["function"], app.Services.GetRequiredService<Seen>().Lines);
    }

    internal sealed record Note(string Text);

    internal sealed class Seen
    {
        public List<FunctionContext> Contexts { get; } = [];

        public List<string> Lines { get; } = [];

        public List<string> Traces { get; } = [];
    }

    internal sealed class Outer(Seen seen) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            context.Features.Set(new Note("from outside"));
            seen.Lines.Add("outer");
            await next(context);
            seen.Lines.Add("outer again");
        }
    }

    internal sealed class Look(Seen seen)
    {
        [Function("Look")]
        public void Run([ActivityTrigger] string? input, FunctionContext context, int depth = 7)
        {
            seen.Contexts.Add(context);
            seen.Traces.Add(context.TraceContext.TraceParent);
            seen.Lines.Add("function");
        }
    }

    private sealed class Wrapped(FunctionContext inner) : FunctionContext
    {
        public override string InvocationId => inner.InvocationId;

        public override string FunctionId => inner.FunctionId;

        public override TraceContext TraceContext => inner.TraceContext;

        public override BindingContext BindingContext => inner.BindingContext;

        public override Microsoft.Azure.Functions.Worker.RetryContext RetryContext => inner.RetryContext;

        public override IServiceProvider InstanceServices
        {
            get => inner.InstanceServices;
            set => inner.InstanceServices = value;
        }

        public override FunctionDefinition FunctionDefinition => inner.FunctionDefinition;

        public override IDictionary<object, object> Items
        {
            get => inner.Items;
            set => inner.Items = value;
        }

        public override IInvocationFeatures Features => inner.Features;
    }
}
