using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using RetryContext = Microsoft.Azure.Functions.Worker.RetryContext;

namespace Darkroom.LocalHost.Functions;

/// <summary>
/// One run of a function. An orchestrator is run anew in each replay, thousands of times a second: whatever it does not ask for is not made.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="invoker">What runs it.</param>
/// <param name="trigger">What started it: the context of an orchestration, the text of an activity's input, a request, a message, a timer.</param>
/// <param name="data">What is known of the event by name.</param>
/// <param name="stopping">Cancelled when the function should come to an end.</param>
internal sealed class Invocation(
    AppFunction function, FunctionInvoker invoker, object? trigger, Func<IReadOnlyDictionary<string, object?>>? data = null, CancellationToken stopping = default)
    : FunctionContext, IAsyncDisposable
{
    private readonly Lock _making = new();
    private string? _id;
    private TraceContext? _trace;
    private BindingContext? _binding;
    private IDictionary<object, object>? _items;
    private InvocationFeatures? _features;
    private IServiceProvider? _services;
    private AsyncServiceScope? _scope;

    /// <summary>What started it.</summary>
    public object? Trigger => trigger;

    /// <summary>What it returned, once it has.</summary>
    public object? Result { get; set; }

    public AppFunction Function => function;

    /// <summary>The services of the whole app, for what belongs to no scope.</summary>
    public IServiceProvider HostServices => invoker.Services;

    public DataConverter Converter => invoker.Converter;

    public override string InvocationId => Make(ref _id, () => Guid.NewGuid().ToString());

    public override string FunctionId => function.Id;

    public override TraceContext TraceContext => Make(ref _trace, InvocationTrace.Current);

    public override BindingContext BindingContext => Make(ref _binding, () => new InvocationData(data?.Invoke() ?? InvocationData.None));

    /// <summary>Null, as it is wherever the host does not retry functions.</summary>
    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices
    {
        get => Make(ref _services, BeginScope);
        set => _services = value;
    }

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items
    {
        get => Make(ref _items, () => new Dictionary<object, object>());
        set => _items = value;
    }

    public override IInvocationFeatures Features => Make(ref _features, () => new InvocationFeatures(this));

    public override CancellationToken CancellationToken => stopping;

    /// <summary>Whether there is anything to dispose of.</summary>
    public bool HasScope => _scope is not null;

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IServiceProvider BeginScope()
    {
        var scope = invoker.Services.CreateAsyncScope();
        _scope = scope;
        return scope.ServiceProvider;
    }

    private T Make<T>(ref T? made, Func<T> make)
        where T : class
    {
        if (made is not null)
            return made;
        lock (_making)
            return made ??= make();
    }
}
