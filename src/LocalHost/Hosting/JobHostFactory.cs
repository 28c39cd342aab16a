using Azure.Storage.Blobs;
using Darkroom.LocalHost.App;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Http;
using Darkroom.LocalHost.Timers;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Hosting;

/// <summary>Builds the WebJobs host with the app's extensions. The host runs the queue and timer triggers and the durable engine.</summary>
internal static class JobHostFactory
{
    /// <summary>Builds the host without starting it.</summary>
    /// <exception cref="StartException">An extension cannot be loaded, or a setting in host.json is wrong.</exception>
    public static IHost Build(
        FunctionApp app,
        IConfigurationRoot configuration,
        FunctionTypes types,
        ExtensionWebHooks webHooks,
        IWebJobsExceptionHandler failures,
        int port,
        bool isVerbose)
    {
        var startups = AppExtensions.Load(app);
        var hostId = configuration["AzureFunctionsWebHost:hostid"] is { Length: > 0 } id ? id : IdOf(app.Name);
        var builder = new HostBuilder()
            .ConfigureAppConfiguration(config => config.AddConfiguration(configuration))
            .ConfigureLogging(logging => HostLogging.Configure(logging, configuration, isVerbose, showsStacks: isVerbose))
            .ConfigureWebJobs((context, jobs) =>
            {
                jobs.UseHostId(hostId).AddAzureStorageCoreServices().AddExecutionContextBinding().AddTimers();
                jobs.AddExtension<HttpCallExtension>();
                foreach (var startup in startups)
                    Start(
                        jobs,
                        startup,
                        new WebJobsBuilderContext
                        {
                            Configuration = context.Configuration,
                            EnvironmentName = "Development",
                            ApplicationRootPath = app.Folder,
                        });
            })
            .ConfigureServices(services =>
            {
                services.AddSingleton<ITypeLocator>(types);
                services.AddSingleton(failures);
                HostTelemetry.Add(services, configuration, port);
#pragma warning disable CS0618 // marked as not for public use; extensions get their address from it
                services.AddSingleton<IWebHookProvider>(webHooks);
#pragma warning restore CS0618
                // The default monitor of the timers extension needs a storage SDK that this host does not have.
                var container = new BlobServiceClient(configuration["AzureWebJobsStorage"]).GetBlobContainerClient("azure-webjobs-hosts");
                services.Replace(ServiceDescriptor.Singleton<ScheduleMonitor>(new BlobScheduleMonitor(container, hostId)));
                services.Configure<JobHostOptions>(options => options.AllowPartialHostStartup = true);
                services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
            });
        try
        {
            return builder.Build();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw Wrong(exception);
        }
    }

    /// <summary>Turns an exception about a wrong setting into an error that names the setting.</summary>
    public static StartException Wrong(Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is { } inner && cause is not FormatException)
            cause = inner;
        var section = exception.Message.IndexOf(HostJson.Section, StringComparison.Ordinal);
        var setting = section < 0 ? null : exception.Message[(section + HostJson.Section.Length + 1)..].Split('\'')[0].Replace(':', '.');
        return new StartException(setting is null
            ? $"The host cannot start: {cause.Message.ReplaceLineEndings(" ")} Check host.json and the settings."
            : $"host.json: {setting} has a value that cannot be used: {cause.Message.ReplaceLineEndings(" ")}", exception);
    }

    private static void Start(IWebJobsBuilder jobs, Type startup, WebJobsBuilderContext context)
    {
        try
        {
            jobs.UseWebJobsStartup(startup, context, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        }
        catch (Exception exception) when (
            exception is IOException or TypeLoadException or MissingMethodException or BadImageFormatException)
        {
            throw AppExtensions.Unloadable(startup.Assembly.GetName().Name!, exception);
        }
    }

    // A host id has at most 32 characters: lower-case letters, digits and dashes.
    private static string IdOf(string name)
    {
        var id = string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return (id.Length <= 32 ? id : id[..32]).Trim('-').Replace("--", "-", StringComparison.Ordinal);
    }
}
