using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.Functions.Tests.Api;

/// <summary>The parts of an invocation that the middlewares read: the trigger, and the request of an endpoint.</summary>
internal sealed class StubFunctionContext : FunctionContext
{
    public StubFunctionContext(string trigger, HttpContext? http = null, bool isCanceled = false)
    {
        CancellationToken = new CancellationToken(isCanceled);
        FunctionDefinition = new StubDefinition(trigger);
        // The ASP.NET Core integration of the worker stores the HttpContext under this key.
        if (http is not null)
            Items["HttpRequestContext"] = http;
    }

    public override CancellationToken CancellationToken { get; }

    public override string InvocationId => "1";

    public override string FunctionId => "1";

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();

    private sealed class StubDefinition(string trigger) : FunctionDefinition
    {
        public override ImmutableArray<FunctionParameter> Parameters => [];

        public override string PathToAssembly => "";

        public override string EntryPoint => "";

        public override string Id => "1";

        public override string Name => "Test";

        public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
            ImmutableDictionary<string, BindingMetadata>.Empty.Add("input", new StubBinding(trigger));

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
    }

    private sealed class StubBinding(string trigger) : BindingMetadata
    {
        public override string Name => "input";

        public override string Type => trigger;

        public override BindingDirection Direction => BindingDirection.In;
    }
}
