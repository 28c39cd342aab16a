using Darkroom.Http;
using Darkroom.LocalHost.Hosting;
using Darkroom.Simulator;
using Darkroom.Storage;
using Darkroom.TestKit;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>The app inside the test, with a storage of its own, for what can only be asked from inside.</summary>
public class AppInProcess : IAsyncLifetime
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("darkroom-in-");
    private readonly StringWriter _output = new();
    private IHost _host = null!;

    public SimulatedModelScope Upstream { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _host.Services;

    public DurableTaskClient Client => Services.GetRequiredService<DurableTaskClient>();

    /// <summary>How storage is reached.</summary>
    protected virtual string WayTo(string connection) => connection;

    /// <summary>What is otherwise than in the app that ships.</summary>
    protected virtual void Change(FunctionsApplicationBuilder builder)
    {
    }

    public async ValueTask InitializeAsync()
    {
        Upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Token = Leaks.Token, Settings = new SimulatorSettings { Speed = 0, Slots = 64 } });
        var builder = FunctionsApplication.CreateBuilder([$"--contentRoot={_state.FullName}", $"--state={_state.FullName}", "--port=0"]);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = WayTo((await Azurite.StartAnotherAsync()).ConnectionString),
            ["MODELSCOPE_API_TOKEN"] = Leaks.Token,
            ["MODELSCOPE_INFER_BASE"] = Upstream.ApiUrl.AbsoluteUri,
            ["Darkroom:PictureHosts"] = Upstream.PictureHost,
            ["Darkroom:AllowHttpPictures"] = "true",
            ["Darkroom:PollFloorSeconds"] = "0.05",
            ["Darkroom:SubmitGraceSeconds"] = "0",
            ["Darkroom:Slots"] = "16",
        });
        builder.Services.AddSingleton<TextWriter>(_output);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<Mishaps>();
        builder.UseMiddleware<PlainFailures>();
        builder.AddDarkroom();
        Change(builder);
        builder.UseFunctions(typeof(DarkroomServices).Assembly);
        _host = builder.Build();
        await _host.StartAsync();
        // The app makes them in the background; a test that goes around its endpoints does not wait for that.
        await Services.GetRequiredService<Containers>().CreateAsync(CancellationToken.None);
        Http = new HttpClient { BaseAddress = new Uri(_output.ToString().Split("\nReady: ")[1].Trim() + "/") };
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        await Upstream.DisposeAsync();
        _state.Delete(recursive: true);
    }
}
