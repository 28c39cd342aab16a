using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.WebJobs.Description;
using Microsoft.Azure.WebJobs.Host.Bindings;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Listeners;
using Microsoft.Azure.WebJobs.Host.Protocols;
using Microsoft.Azure.WebJobs.Host.Triggers;

namespace Darkroom.LocalHost.Http;

/// <summary>Marks the parameter that receives an HTTP request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
[Binding]
public sealed class HttpCallAttribute : Attribute;

/// <summary>Adds HTTP requests as a trigger to the WebJobs SDK. The body is not read here, because it streams to the worker.</summary>
internal sealed class HttpCallExtension : IExtensionConfigProvider, ITriggerBindingProvider, ITriggerBinding
{
    public Type TriggerValueType => typeof(HttpContext);

    public IReadOnlyDictionary<string, Type> BindingDataContract { get; } = new Dictionary<string, Type>();

    public void Initialize(ExtensionConfigContext context) => context.AddBindingRule<HttpCallAttribute>().BindToTrigger(this);

    public Task<ITriggerBinding?> TryCreateAsync(TriggerBindingProviderContext context) =>
        Task.FromResult(context.Parameter.IsDefined(typeof(HttpCallAttribute), inherit: false) ? (ITriggerBinding)this : null);

    // The worker binds route and query values to parameters of the function.
    public Task<ITriggerData> BindAsync(object value, ValueBindingContext context)
    {
        var http = (HttpContext)value;
        var data = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, parameter) in http.Request.Query)
            data[key] = parameter.ToString();
        foreach (var (key, parameter) in http.GetRouteData().Values)
        {
            if (parameter is not null)
                data[key] = parameter;
        }

        return Task.FromResult<ITriggerData>(new TriggerData(new HttpValue(http), data));
    }

    public Task<IListener> CreateListenerAsync(ListenerFactoryContext context) => Task.FromResult<IListener>(new NullListener());

    public ParameterDescriptor ToParameterDescriptor() => new() { Name = "request" };

    private sealed class HttpValue(HttpContext http) : IValueProvider
    {
        public Type Type => typeof(HttpContext);

        public Task<object> GetValueAsync() => Task.FromResult<object>(http);

        public string ToInvokeString() => $"{http.Request.Method} {http.Request.Path}";
    }

    // The SDK requires a listener. It does nothing, because the HTTP server delivers the requests.
    private sealed class NullListener : IListener
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Cancel()
        {
        }

        public void Dispose()
        {
        }
    }
}
