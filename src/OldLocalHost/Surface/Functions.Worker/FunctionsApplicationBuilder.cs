using Darkroom.LocalHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>
/// Builds a function app. In LocalHost the app is its own host: what <see cref="Build"/> gives listens for HTTP, runs the triggers
/// and writes its log to the console, where the real worker takes all three from the Functions host.
/// </summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private bool _hasBuilt;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        _web = LocalFunctionsHost.CreateBuilder(args);
        _web.Services.AddSingleton<IFunctionsWorkerApplicationBuilder>(this);
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    public ConfigurationManager Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IServiceCollection Services => _web.Services;

    /// <summary>Set by <c>ConfigureFunctionsWebApplication</c>; without it functions cannot take an ASP.NET Core request.</summary>
    internal bool UsesAspNetCore { get; set; }

    /// <exception cref="InvalidOperationException">The app has been built before.</exception>
    public IHost Build()
    {
        ThrowIfBuilt();
        _hasBuilt = true;
        LocalFunctionsHost.AddTo(this);
        var app = _web.Build();
        LocalFunctionsHost.MapTo(app);
        return app;
    }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <summary>Adds a middleware; the first one added is the outermost.</summary>
    /// <exception cref="InvalidOperationException">The app has been built before.</exception>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        _middleware.Add(middleware);
        return this;
    }

    /// <summary>The middleware around <paramref name="function"/>, in the order it was added.</summary>
    internal FunctionExecutionDelegate BuildPipeline(FunctionExecutionDelegate function) =>
        _middleware.AsEnumerable().Reverse().Aggregate(function, (next, step) => step(next));

    private void ThrowIfBuilt()
    {
        if (_hasBuilt)
            throw new InvalidOperationException("The app is built already.");
    }
}
