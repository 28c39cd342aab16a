using Darkroom.LocalHost.Hosting;

namespace Darkroom.LocalHost.Tests.Hosting;

public sealed class HostSettingsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_missing_has_the_default_of_the_functions_host()
    {
        var settings = Read("""{"version":"2.0"}""");
        Assert.Equal("api", settings.RoutePrefix);
        Assert.Equal(new QueueSettings(), settings.Queues);
        Assert.Equal((16, 8, 5, TimeSpan.Zero, TimeSpan.FromMinutes(1), QueueMessageEncoding.Base64), (
            settings.Queues.BatchSize, settings.Queues.NewBatchThreshold, settings.Queues.MaxDequeueCount,
            settings.Queues.VisibilityTimeout, settings.Queues.MaxPollingInterval, settings.Queues.MessageEncoding));
        Assert.Equal(new DurableSettings(), settings.Durable);
        Assert.Equal(("TestHubName", "", "Storage"), (settings.Durable.HubName, settings.Durable.DefaultVersion, settings.Durable.ConnectionName));
    }

    [Fact]
    public void Everything_it_goes_by_is_read_and_the_rest_is_left_alone()
    {
        var settings = Read("""
            {
              // comments are welcome
              "version": "2.0",
              "logging": { "applicationInsights": [1, 2] },
              "Extensions": {
                "http": { "routePrefix": "/v1/", "hsts": 5 },
                "queues": {
                  "batchSize": 8, "newBatchThreshold": 3, "maxDequeueCount": 2,
                  "visibilityTimeout": "00:00:30", "maxPollingInterval": "00:00:02", "messageEncoding": "none",
                },
                "durableTask": {
                  "hubName": "Darkroom", "defaultVersion": "1", "maxConcurrentActivityFunctions": 7, "maxConcurrentOrchestratorFunctions": 3,
                  "storageProvider": { "type": "AzureStorage", "connectionName": "Blobs", "partitionCount": "many" }
                }
              }
            }
            """);
        Assert.Equal("v1", settings.RoutePrefix);
        Assert.Equal(
            new QueueSettings
            {
                BatchSize = 8,
                NewBatchThreshold = 3,
                MaxDequeueCount = 2,
                VisibilityTimeout = TimeSpan.FromSeconds(30),
                MaxPollingInterval = TimeSpan.FromSeconds(2),
                MessageEncoding = QueueMessageEncoding.None,
            },
            settings.Queues);
        Assert.Equal(
            new DurableSettings
            {
                HubName = "Darkroom",
                DefaultVersion = "1",
                MaxConcurrentActivityFunctions = 7,
                MaxConcurrentOrchestratorFunctions = 3,
                StorageProvider = "AzureStorage",
                ConnectionName = "Blobs",
            },
            settings.Durable);
    }

    [Fact]
    public void A_batch_has_half_its_size_as_the_threshold() =>
        Assert.Equal(16, Read("""{"extensions":{"queues":{"batchSize":32}}}""").Queues.NewBatchThreshold);

    [Theory]
    [InlineData("""{"extensions":[]}""", "host.json: extensions must be an object, not an array.")]
    [InlineData("""{"extensions":{"http":{"routePrefix":5}}}""", "host.json: extensions.http.routePrefix must be a string, not 5.")]
    [InlineData("""{"extensions":{"queues":{"batchSize":"16"}}}""", "host.json: extensions.queues.batchSize must be a whole number from 1 to 32, not \"16\".")]
    [InlineData("""{"extensions":{"queues":{"batchSize":33}}}""", "host.json: extensions.queues.batchSize must be a whole number from 1 to 32, not 33.")]
    [InlineData("""{"extensions":{"queues":{"visibilityTimeout":30}}}""", "host.json: extensions.queues.visibilityTimeout must be a time span such as \"00:00:02\", from 00:00:00 to 7.00:00:00, not 30.")]
    [InlineData("""{"extensions":{"queues":{"messageEncoding":"utf8"}}}""", "host.json: extensions.queues.messageEncoding must be one of base64, none, not \"utf8\".")]
    [InlineData("""{"extensions":{"durableTask":{"maxConcurrentActivityFunctions":0}}}""", "host.json: extensions.durableTask.maxConcurrentActivityFunctions must be a whole number from 1 to 2147483647, not 0.")]
    [InlineData("""{"extensions":{"durableTask":{"storageProvider":"mssql"}}}""", "host.json: extensions.durableTask.storageProvider must be an object, not \"mssql\".")]
    [InlineData("[]", "host.json must hold a JSON object.")]
    public void A_wrong_type_is_an_error_that_names_the_path(string json, string message) =>
        Assert.Equal(message, Assert.Throws<StartException>(() => Read(json)).Message);

    [Theory]
    [InlineData("""{"version":""")]
    [InlineData("""{"version":"2.0","version":"2.0"}""")]
    [InlineData("")]
    public void What_is_no_json_is_an_error_that_names_the_file(string json) =>
        Assert.StartsWith("host.json is not valid JSON: ", Assert.Throws<StartException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_app_reads_it_from_its_content_root()
    {
        await using var app = RunningApp.Build(new AppSettings { HostJson = """{"extensions":{"durableTask":{"hubName":"Mine"}}}""" });
        Assert.Equal("Mine", ((HostSettings)app.Services.GetService(typeof(HostSettings))!).Durable.HubName);
    }

    [Fact]
    public async Task The_name_of_the_hub_may_be_that_of_a_setting()
    {
        var settings = new AppSettings { HostJson = """{"extensions":{"durableTask":{"hubName":"%Stage%Hub"}}}""" };
        await using var app = RunningApp.Build(settings with { Arguments = ["--Stage=Test"] });
        Assert.Equal("TestHub", ((HostSettings)app.Services.GetService(typeof(HostSettings))!).Durable.HubName);
        Assert.Equal(
            "host.json: extensions.durableTask.hubName: '%Stage%Hub' names the setting 'Stage', which is not there.",
            Assert.Throws<StartException>(() => RunningApp.Build(settings)).Message);
    }

    private HostSettings Read(string json) => HostSettings.Read(_directory.Write("host.json", json));
}
