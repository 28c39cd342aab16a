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

/// <summary>One run of the host: start, wait for the end, stop in order.</summary>
internal sealed class LocalHostRun(HostOptions options) : IWebJobsExceptionHandler, IDisposable
{
    // Long answers, such as streams of events, are not waited for.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private WorkerSupervisor? _workers;

    /// <summary>Runs until it is asked to stop. A second signal ends the process at once.</summary>
    /// <exception cref="StartException">It cannot start, or the worker keeps dying.</exception>
    public async Task RunAsync()
    {
        // First of all: a signal during the start must not leave the worker behind.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await StartAndWaitAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop while it started.
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
        Console.Error.WriteLine($"The host cannot go on: {exceptionInfo.SourceException.Message}");
        _stop.Cancel();
        return Task.CompletedTask;
    }

    private async Task StartAndWaitAsync(CancellationToken cancellation)
    {
        var app = FunctionApp.Open(options.AppFolder);
        LocalSettings.Apply(app);
        // In a container this name makes the Durable extension believe that it runs in Azure.
        Environment.SetEnvironmentVariable("CONTAINER_NAME", null);
        Environment.SetEnvironmentVariable("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated");
        var configuration = HostJson.Read(app);
        var timeout = HostJson.FunctionTimeout(configuration);
        var key = options.KeyFile is { } file ? AccessKey.InFile(file) : AccessKey.None;
        // Before the worker starts: it would fail too, and say it less clearly.
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

        // The worker's start takes the longest: the rest happens beside it.
        var starting = workers.StartAsync(cancellation);
        var types = new FunctionTypes();
        var webHooks = new ExtensionWebHooks(() => http.Address, key);
        using var jobs = JobHostFactory.Build(app, configuration, types, webHooks, this, options.IsVerbose);
        var attributes = Attributes(jobs);
        var functions = (await starting).Select(Function.Read).Where(function => !function.IsDisabled(configuration)).ToArray();
        if (functions.Length == 0)
            throw new StartException(
                "The app has no functions, or all of them are disabled. Is the folder the output of its newest build?");

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
            // Work in hand may end. Storage that is away would hold it for ever.
            await jobs.StopAsync(CancellationToken.None)
                .WaitAsync(LongestStop, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

#pragma warning disable CS0618 // the way from binding JSON to attributes
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
