using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Darkroom.LocalHost.App;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Http;
using Darkroom.LocalHost.Worker;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Hosting;

/// <summary>One run of the host: starts everything, waits for the end, and stops in order.</summary>
internal sealed class LocalHostRun(HostOptions options) : IWebJobsExceptionHandler, IDisposable
{
    // Open requests get this long to end. Longer ones, such as event streams, are cut off.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private WorkerSupervisor? _workers;

    /// <summary>Runs until SIGINT or SIGTERM. A second signal ends the process at once.</summary>
    /// <exception cref="StartException">The host cannot start, or the worker ends again and again.</exception>
    public async Task RunAsync()
    {
        // Register first, so that a signal during the start does not leave a worker running.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await StartAndWaitAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // A signal arrived during the start.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod)
    {
        Console.Error.WriteLine($"{exceptionInfo.SourceException.Message} The worker is started again.");
        _workers?.Restart();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        Console.Error.WriteLine($"The host stops after an unhandled error: {exceptionInfo.SourceException.Message}");
        _stop.Cancel();
        return Task.CompletedTask;
    }

    private async Task StartAndWaitAsync(CancellationToken cancellation)
    {
        var app = FunctionApp.Open(options.AppFolder);
        LocalSettings.Apply(app);
        // Inside a container this variable can exist, and the Durable extension takes it as a sign that it runs in Azure.
        Environment.SetEnvironmentVariable("CONTAINER_NAME", null);
        Environment.SetEnvironmentVariable("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated");
        if (options.Instance is { } instance)
        {
            // The Durable extension makes the name of a worker of these two, as Azure sets them.
            Environment.SetEnvironmentVariable("WEBSITE_CURRENT_STAMPNAME", Environment.MachineName);
            Environment.SetEnvironmentVariable("RoleInstanceId", instance);
        }

        var configuration = HostJson.Read(app);
        var timeout = HostJson.FunctionTimeout(configuration);
        var key = options.KeyFile is { } file ? AccessKey.InFile(file) : AccessKey.None;
        // Check before the worker starts, because the error of the worker would be less clear.
        await StorageCheck.RequireAsync(configuration, cancellation);

        await using var http = new HttpServer();
        await http.StartAsync(options.Port, cancellation);
        Environment.SetEnvironmentVariable("WEBSITE_HOSTNAME", http.Address.Authority);
        await using var server = new WorkerServer();
        await server.StartAsync(cancellation);
        using var loggers = LoggerFactory.Create(
            logging => HostLogging.Configure(logging, configuration, isVerbose: true, options.IsVerbose));
        await using var workers = _workers = new WorkerSupervisor(
            app, server, new WorkerLog(loggers, options.IsVerbose), TimeProvider.System);

        // The start of the worker takes longest, so the rest of the setup runs in parallel.
        var starting = workers.StartAsync(cancellation);
        var types = new FunctionTypes();
        var webHooks = new ExtensionWebHooks(() => http.Address, key);
        using var jobs = JobHostFactory.Build(app, configuration, types, webHooks, this, http.Address.Port, options.IsVerbose);
        var attributes = Attributes(jobs);
        var functions = (await starting).Select(Function.Read).Where(function => !function.IsDisabled(configuration)).ToArray();
        if (functions.Length == 0)
            throw new StartException(
                "The app has no functions, or all of them are disabled. Build the app again, or check its Disabled settings.");

        types.Generated = new FunctionTypeBuilder(attributes, timeout).Build(functions);
        using var forwarder = new WorkerForwarder(http.Forwarder);
        FunctionEntry.Invoker = new FunctionInvoker(
            functions.ToDictionary(function => function.Name), workers, new BindingValues(attributes), forwarder);
        foreach (var (name, reason) in await workers.LoadAsync([.. functions.Select(function => function.Metadata)], cancellation))
            Console.Error.WriteLine($"The worker cannot load the function {name}: {reason}");
        await jobs.StartAsync(cancellation);
        http.Open(functions, jobs.Services.GetRequiredService<IJobHost>(), configuration, key, webHooks);
        Announce(functions, http.Address, configuration);

        try
        {
            var stopped = Task.Delay(Timeout.Infinite, cancellation);
            if (await Task.WhenAny(workers.Failed, stopped) == workers.Failed)
                throw await workers.Failed;
        }
        finally
        {
            Console.WriteLine("Stopping.");
            await workers.StopWatchingAsync();
            using var patience = new CancellationTokenSource(StopPatience);
            await http.StopAsync(patience.Token);
            // Let running functions finish, with a limit: if storage is not reachable, the stop would never complete.
            await jobs.StopAsync(CancellationToken.None)
                .WaitAsync(LongestStop, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

#pragma warning disable CS0618 // needed to convert binding JSON into attributes
    private static BindingAttributes Attributes(IHost jobs)
    {
        try
        {
            return new BindingAttributes(jobs.Services.GetRequiredService<IJobHostMetadataProvider>());
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw JobHostFactory.Wrong(exception);
        }
    }
#pragma warning restore CS0618

    private static void Announce(IReadOnlyList<Function> functions, Uri address, IConfiguration configuration)
    {
        Console.WriteLine("Functions:");
        foreach (var function in functions.OrderBy(function => !function.IsHttp).ThenBy(function => function.Name, StringComparer.Ordinal))
        {
            var what = function.IsHttp
                ? $"[{string.Join(',', HttpServer.MethodsOf(function))}] "
                    + $"{address}{HttpServer.RouteOf(function, HostJson.RoutePrefix(configuration), configuration)}"
                : function.Trigger.Type;
            Console.WriteLine($"  {function.Name}: {what}");
        }

        Console.WriteLine($"Ready: {address.GetLeftPart(UriPartial.Authority)}");
    }

    private void Stop(PosixSignalContext signal)
    {
        if (_stop.IsCancellationRequested)
            Environment.Exit(1);
        signal.Cancel = true;
        _stop.Cancel();
    }
}
