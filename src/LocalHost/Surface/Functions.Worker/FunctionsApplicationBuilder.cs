using Darkroom.LocalHost;
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
    readonly WebApplicationBuilder web;
    readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];
    bool hasBuilt;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        web = LocalFunctionsHost.CreateBuilder(args);
        web.Services.AddSingleton<IFunctionsWorkerApplicationBuilder>(this);
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    public ConfigurationManager Configuration => web.Configuration;

    public IHostEnvironment Environment => web.Environment;

    public ILoggingBuilder Logging => web.Logging;

    public IMetricsBuilder Metrics => web.Metrics;

    public IServiceCollection Services => web.Services;

    /// <summary>Set by <c>ConfigureFunctionsWebApplication</c>; without it functions cannot take an ASP.NET Core request.</summary>
    internal bool UsesAspNetCore { get; set; }

    /// <exception cref="InvalidOperationException">The app has been built before.</exception>
    public IHost Build()
    {
        ThrowIfBuilt();
        hasBuilt = true;
        LocalFunctionsHost.AddTo(this);
        var app = web.Build();
        LocalFunctionsHost.MapTo(app);
        return app;
    }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull
        => ((IHostApplicationBuilder)web).ConfigureContainer(factory, configure);

    /// <summary>Adds a middleware; the first one added is the outermost.</summary>
    /// <exception cref="InvalidOperationException">The app has been built before.</exception>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        this.middleware.Add(middleware);
        return this;
    }

    /// <summary>The middleware around <paramref name="function"/>, in the order it was added.</summary>
    internal FunctionExecutionDelegate BuildPipeline(FunctionExecutionDelegate function)
        => middleware.AsEnumerable().Reverse().Aggregate(function, (next, step) => step(next));

    void ThrowIfBuilt()
    {
        if (hasBuilt)
        {
            throw new InvalidOperationException("The app is built already.");
        }
    }
}
