using System.Diagnostics;
using Darkroom.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Darkroom.Functions.Tests.Telemetry;

/// <summary>What the app exports, and under which name. The addresses lead nowhere.</summary>
public sealed class TelemetryExportTests
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Azure = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Connection = "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:1/";

    // As in Azure. Without them, the identity would look for the metadata service of a virtual machine.
    static TelemetryExportTests()
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", "http://127.0.0.1:1/");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "none");
    }

    [Fact]
    public void Add_NoAddress_ExportsNothing()
    {
        using var app = Build();
        Assert.Null(app.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData(Otlp, "http://127.0.0.1:1")]
    [InlineData(Azure, Connection)]
    public void Resource_ServiceNameSet_HasThatName(string setting, string value)
    {
        using var app = Build((setting, value), ("OTEL_SERVICE_NAME", "my-pictures"));
        var resource = ResourceOf(app);
        Assert.Equal("my-pictures", resource["service.name"]);
        Assert.Equal(Environment.MachineName, resource["service.instance.id"]);
    }

    [Fact]
    public void Resource_AttributesSet_OverrideThoseOfTheApp()
    {
        using var app = Build((Otlp, "http://127.0.0.1:1"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=one,service.version=2"));
        var resource = ResourceOf(app);
        Assert.Equal(("one", "2"), (resource["service.instance.id"], resource["service.version"]));
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, true)]
    [InlineData(ActivityTraceFlags.None, false)]
    public void Sampling_ApplicationInsights_FollowsTheHost(ActivityTraceFlags host, bool isRecorded)
    {
        using var app = Build((Azure, Connection));
        Assert.NotNull(app.Services.GetRequiredService<TracerProvider>());
        using var source = new ActivitySource(Darkroom.Telemetry.Trace.Name);
        // Many traces, because the sampler of the exporter keeps some.
        for (var n = 0; n < 100; n++)
        {
            var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), host, isRemote: true);
            // The span never ends, so it is not exported.
            var span = source.StartActivity("test", ActivityKind.Internal, parent);
            Assert.Equal(isRecorded, span?.Recorded ?? false);
        }
    }

    private static IHost Build(params (string Name, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)));
        TelemetryExport.Add(builder);
        return builder.Build();
    }

    private static Dictionary<string, object> ResourceOf(IHost app) =>
        app.Services.GetRequiredService<TracerProvider>().GetResource().Attributes.ToDictionary(one => one.Key, one => one.Value);
}
