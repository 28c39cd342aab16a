using Darkroom.Fuzz.Cases;
using Darkroom.LocalHost;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Http;
using Darkroom.LocalHost.Worker;
using Darkroom.LocalHost.Worker.Protocol;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Fuzz.Targets;

/// <summary>What a worker sends to LocalHost: an input is its messages, each after its length.</summary>
internal sealed class WorkerMessagesTarget : FuzzTarget
{
    private const int MostFunctions = 20;

    private static readonly IConfiguration Settings = new ConfigurationBuilder().Build();

    public override string Name => TargetNames.WorkerMessages;

    public override IReadOnlyList<string> Words => ["json", "worker"];

    public override int Longest => 256 << 10;

    // Each message becomes objects, and an answer or a line of the log.
    public override long AllocationPerByte => 1000;

    public override async Task RunAsync(byte[] input)
    {
        var log = new WorkerLines();
        var channel = new WorkerChannel("worker", new WorkerLog(log, showsStacks: true));
        var stream = new WorkerStream(MessagesOf(input));
        var running = channel.RunAsync(stream, stream, CancellationToken.None);
        try
        {
            foreach (var function in (await channel.InitializeAsync("folder", CancellationToken.None)).Take(MostFunctions))
            {
                Show(function);
                await channel.LoadAsync(function, CancellationToken.None);
                await InvokeAsync(channel, function);
            }
        }
        catch (Exception refusal) when (refusal is StartException or WorkerProcessExitException)
        {
            // The host ends with the message, or starts another worker.
        }

        await running;
        log.Check();
    }

    private static List<StreamingMessage> MessagesOf(byte[] input)
    {
        var messages = new List<StreamingMessage>();
        using var stream = new MemoryStream(input);
        try
        {
            while (stream.Position < stream.Length)
                messages.Add(StreamingMessage.Parser.ParseDelimitedFrom(stream));
        }
        catch (InvalidProtocolBufferException)
        {
            // gRPC ends the stream here.
        }

        return messages;
    }

    private static void Show(RpcFunctionMetadata metadata)
    {
        var function = Function.Read(metadata);
        function.IsDisabled(Settings);
        if (function.IsHttp)
            HttpServer.Endpoint(
                function.Name, HttpServer.RouteOf(function, "api", Settings), HttpServer.MethodsOf(function), _ => Task.CompletedTask);
        foreach (var binding in function.Bindings)
            Rule.Holds(binding.RequestedType is not null, "A binding has a type.");
    }

    private static async Task InvokeAsync(WorkerChannel channel, RpcFunctionMetadata function)
    {
        try
        {
            var response = await channel.InvokeAsync(
                new InvocationRequest { InvocationId = "1", FunctionId = function.FunctionId }, CancellationToken.None);
            TypedDataConversion.ToObject(response.ReturnValue);
            foreach (var output in response.OutputData)
                TypedDataConversion.ToObject(output.Data);
            await HttpMessages.WriteAsync(new DefaultHttpContext().Response, HttpMessages.Find(Function.Read(function), response));
        }
        catch (WorkerFunctionException)
        {
            // The function failed.
        }
    }
}
