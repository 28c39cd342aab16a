using System.Diagnostics;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Requests;
using Darkroom.ModelScope.Tasks;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.ModelScope.Tests.Client;

/// <summary>Runs a client against a simulator over real sockets. Both use the same manual clock.</summary>
public abstract class ClientTest : IAsyncLifetime
{
    protected static readonly ImageRequest Cat = new() { Prompt = "a golden cat", Size = new ImageSize(64, 64) };

    protected ManualTime Time { get; } = new();

    protected SimulatedModelScope Upstream { get; private set; } = null!;

    protected ModelScopeClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Upstream = await SimulatedModelScope.StartAsync(
            new SimulatorOptions { Token = "ms-test-token", Time = Time, Settings = new SimulatorSettings { Slots = 1000 } });
        Client = NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Upstream.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected ModelScopeClient NewClient(Func<ModelScopeOptions, ModelScopeOptions>? change = null, TimeProvider? time = null)
    {
        var options = new ModelScopeOptions
        {
            Token = ApiToken.Clean("ms-test-token"),
            BaseUrl = Upstream.ApiUrl.AbsoluteUri,
            ReadTries = 1,
            Pictures = new PictureRules { Hosts = [Upstream.PictureHost], AllowHttp = true },
        };
        return new ModelScopeClient(change?.Invoke(options) ?? options, time ?? Time);
    }

    /// <summary>Submits a task, advances the clock until it is done, and looks at it.</summary>
    protected async Task<TaskSnapshot> DevelopAsync(string? scenario = null, int looks = 1)
    {
        if (scenario is not null)
            Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        Time.Advance(TimeSpan.FromSeconds(60));
        TaskSnapshot? snapshot = null;
        for (var look = 0; look < looks; look++)
            snapshot = await Client.GetTaskAsync(task.TaskId);
        return snapshot!;
    }

    /// <summary>Waits until a condition that another thread fulfils is true; fails after 30 s of real time.</summary>
    protected static async Task Until(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException("The condition did not become true within 30 s.");
            await Task.Yield();
        }
    }

    protected static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
