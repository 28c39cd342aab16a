using System.Diagnostics;
using System.Globalization;
using Darkroom.LocalHost.Http;
using Darkroom.LocalHost.Worker;
using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.WebJobs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using ExecutionContext = Microsoft.Azure.WebJobs.ExecutionContext;

namespace Darkroom.LocalHost.Functions;

/// <summary>Runs a function in the worker: reads its inputs, sends them, waits for the result, and writes its outputs.</summary>
internal sealed class FunctionInvoker(
    IReadOnlyDictionary<string, Function> functions, WorkerSupervisor workers, BindingValues values, WorkerForwarder forwarder)
{
    // Without this setting Json.NET would reformat strings that look like dates.
    private static readonly JsonSerializerSettings AsWritten = new() { DateParseHandling = DateParseHandling.None };

    public async Task<object?> InvokeAsync(
        string name, object? trigger, Binder binder, ExecutionContext context, CancellationToken cancellation)
    {
        var function = functions[name];
        var worker = await workers.ReadyAsync(cancellation);
        var request = new InvocationRequest
        {
            InvocationId = context.InvocationId.ToString(),
            FunctionId = function.Metadata.FunctionId,
            TraceContext = new RpcTraceContext
            {
                TraceParent = Activity.Current?.Id ?? "",
                TraceState = Activity.Current?.TraceStateString ?? "",
            },
        };
        if (context.RetryContext is { } retry)
            request.RetryContext = new RetryContext
            {
                RetryCount = retry.RetryCount,
                MaxRetryCount = retry.MaxRetryCount,
                Exception = new RpcException { Message = retry.Exception?.Message ?? "" },
            };
        await AddInputsAsync(request, function, trigger, binder, worker);

        var response = trigger is HttpContext http && worker.HttpAddress is { } address
            ? await forwarder.SendAsync(http, address, request, worker, cancellation)
            : await worker.InvokeAsync(request, cancellation);
        var returned = TypedDataConversion.ToObject(response.ReturnValue);
        if (trigger is HttpContext plain && worker.HttpAddress is null)
            await HttpMessages.WriteAsync(plain.Response, HttpMessages.Find(function, response));
        await WriteOutputsAsync(function, response, returned, binder);
        return returned;
    }

    private async Task AddInputsAsync(InvocationRequest request, Function function, object? trigger, Binder binder, WorkerChannel worker)
    {
        var value = trigger switch
        {
            HttpContext when worker.HttpAddress is not null => new TypedData { Http = new RpcHttp() },
            HttpContext http => await HttpMessages.ReadAsync(http.Request),
            Stream stream => await BindingValues.ReadAsync(stream, function.Trigger.IsBinary),
            _ => trigger,
        };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = TypedDataConversion.ToTypedData(value) });
        AddFields(binder.BindingData, value);
        foreach (var input in function.Bindings.Where(binding => !binding.IsTrigger && !binding.IsOutput))
            request.InputData.Add(
                new ParameterBinding
                {
                    Name = input.Name,
                    Data = TypedDataConversion.ToTypedData(await values.ReadAsync(function, input, binder)),
                });

        foreach (var (key, data) in binder.BindingData)
        {
            // "sys" and HttpContext have a meaning only in this process.
            if (data is null or HttpContext || string.Equals(key, "sys", StringComparison.OrdinalIgnoreCase))
                continue;
            request.TriggerMetadata[key] = TypedDataConversion.ToTypedData(data);
        }
    }

    // Other bindings can refer to the fields of a JSON message: "copies/{Name}.txt".
    private static void AddFields(Dictionary<string, object> bindingData, object? value)
    {
        if (value is not string text || !text.TrimStart().StartsWith('{'))
            return;
        try
        {
            foreach (
                var field in JsonConvert.DeserializeObject<JObject>(text, AsWritten)!.Properties().Where(field => field.Value is JValue))
                bindingData.TryAdd(field.Name, ((JValue)field.Value).ToString(CultureInfo.InvariantCulture));
        }
        catch (JsonException)
        {
            // The text starts like JSON but is not JSON, so it has no fields.
        }
    }

    private async Task WriteOutputsAsync(Function function, InvocationResponse response, object? returned, Binder binder)
    {
        var outputs = response.OutputData.ToDictionary(
            output => output.Name, output => TypedDataConversion.ToObject(output.Data), StringComparer.Ordinal);
        outputs.TryAdd("$return", returned);
        foreach (var output in function.Bindings.Where(
                binding => binding.IsOutput && !string.Equals(binding.Type, "http", StringComparison.OrdinalIgnoreCase)))
        {
            if (outputs.TryGetValue(output.Name, out var value) && value is not null)
                await values.WriteAsync(function, output, value, binder);
        }
    }
}
