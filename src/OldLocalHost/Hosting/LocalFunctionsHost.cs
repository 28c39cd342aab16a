using System.Text.Json;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Http;
using Darkroom.LocalHost.Management;
using Darkroom.LocalHost.Queues;
using Darkroom.LocalHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// The seam between the surface, which only declares, and the host, which runs. It has no counterpart in the real packages.
/// </summary>
internal static class LocalFunctionsHost
{
    /// <summary>
    /// The first moment: the app has not run a line yet. What it reads from its configuration must be there when this returns.
    /// </summary>
    internal static WebApplicationBuilder CreateBuilder(string[]? args)
    {
        var commandLine = CommandLine.Parse(args ?? []);
        var local = JsonFile.Find(LocalSettings.FileName, commandLine.ContentRoot, AppContext.BaseDirectory) is { } settings
            ? LocalSettings.Read(settings)
            : LocalSettings.None;
        local.AddToEnvironment();

        var environment = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development;
        Environment.SetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT", environment);
        var web = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. commandLine.Rest], EnvironmentName = environment, ContentRootPath = commandLine.ContentRoot });

        var host = JsonFile.Find(HostSettings.FileName, commandLine.ContentRoot, AppContext.BaseDirectory) is { } file
            ? HostSettings.Read(file).Resolve(web.Configuration)
            : new HostSettings();
        var launch = new Launch { CommandLine = commandLine, Local = local, Host = host };
        launch.KeepWith(web);
        WebServer.Configure(web.WebHost, launch.Port);

        // Requests are logged with their query, where keys may be.
        web.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        web.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        web.Services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
        return web;
    }

    /// <summary>The second moment: the app has added its services and middleware, the host adds its own.</summary>
    internal static void AddTo(FunctionsApplicationBuilder builder)
    {
        var launch = Launch.Of(builder);
        var problems = new StartProblems();
        var catalog = FunctionCatalog.Find(FunctionSource.Of(builder), builder.Configuration, problems);
        var routes = HttpRoutes.Of(catalog, launch.Host.RoutePrefix, problems);
        if (routes.Count > 0 && !builder.UsesAspNetCore)
            problems.Add($"HTTP functions need builder.ConfigureFunctionsWebApplication() in Program.cs: {string.Join(", ", routes.Select(route => route.Function.Name))}.");
        var queues = QueuePlan.Of(catalog, builder.Configuration, problems);
        var timers = TimerPlan.Of(catalog, builder.Configuration, problems);
        problems.ThrowIfAny();

        AddEngine(builder.Services, launch);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DataConverter>(provider =>
            new JsonDataConverter(provider.GetRequiredService<IOptions<JsonSerializerOptions>>().Value));
        services.AddSingleton(launch).AddSingleton(launch.Host).AddSingleton(catalog).AddSingleton(routes);
        services.AddSingleton(provider => new FunctionInvoker(provider, provider.GetRequiredService<DataConverter>(), builder.BuildPipeline));
        services.AddSingleton<IFunctionRunner, FunctionRunner>();
        services.AddSingleton(_ => launch.CommandLine.RequireKey ? new AccessCheck(KeyFile.Open(launch.StateDirectory)) : AccessCheck.None);
        HttpEndpoints.AddTo(services);
        services.AddCors();
        if (queues.Count > 0)
            services.AddSingleton(queues).AddHostedService<QueueTriggers>();
        if (timers.Count > 0)
            services.AddSingleton(timers).AddHostedService<TimerTriggers>();
    }

    /// <summary>The third moment: the app is built, the host adds its routes.</summary>
    internal static void MapTo(WebApplication app)
    {
        var launch = app.Services.GetRequiredService<Launch>();
        Cors.Use(app, launch.Local);
        HttpEndpoints.MapTo(app);
        ManagementApi.MapTo(app);
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, launch));
    }

    private static void Announce(WebApplication app, Launch launch)
    {
        var keys = launch.CommandLine.RequireKey ? KeyFile.PathIn(launch.StateDirectory) : null;
        var banner = StartBanner.Write(
            app.Services.GetRequiredService<FunctionCatalog>(), app.Services.GetRequiredService<IReadOnlyList<HttpRoute>>(), WebServer.PortOf(app), keys);
        (app.Services.GetService<TextWriter>() ?? Console.Out).Write(banner);
    }

    // Before whatever the app itself keeps running: the engine starts first and stops last.
    private static void AddEngine(IServiceCollection services, Launch launch)
    {
        var engine = new ServiceCollection();
        EngineServices.AddTo(engine, launch.Host, launch.StateDirectory);
        for (var i = 0; i < engine.Count; i++)
            services.Insert(i, engine[i]);
    }
}
