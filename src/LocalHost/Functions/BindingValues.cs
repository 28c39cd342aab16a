using System.Collections.Concurrent;
using System.Text;
using Microsoft.Azure.WebJobs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Darkroom.LocalHost.Functions;

/// <summary>Reads and writes the values of input and output bindings through the app's extensions.</summary>
internal sealed class BindingValues(BindingAttributes attributes)
{
    private readonly ConcurrentDictionary<Binding, (Attribute Attribute, Type ValueType)> _bindings = new();

    public async Task<object?> ReadAsync(Function function, Binding binding, Binder binder)
    {
        var (attribute, type) = Of(function, binding);
        Attribute[] all = [attribute];
        if (type == typeof(string))
            return await binder.BindAsync<string>(all);
        if (type == typeof(ParameterBindingData))
            return await binder.BindAsync<ParameterBindingData>(all);
        if (type == typeof(ParameterBindingData[]))
            return await binder.BindAsync<ParameterBindingData[]>(all);
        if (type == typeof(JObject))
            return await binder.BindAsync<JObject>(all);
        if (type == typeof(JArray))
            return await binder.BindAsync<JArray>(all);
        if (type == typeof(byte[]))
            return await binder.BindAsync<byte[]>(all);
        if (type == typeof(Stream))
            return await binder.BindAsync<Stream>(all) is { } stream ? await ReadAsync(stream, binding.IsBinary) : null;
        throw Unsupported(function, binding, type);
    }

    public async Task WriteAsync(Function function, Binding binding, object value, Binder binder)
    {
        var (attribute, type) = Of(function, binding);
        Attribute[] all = [attribute];
        if (type == typeof(IAsyncCollector<string>))
            await CollectAsync(await binder.BindAsync<IAsyncCollector<string>>(all), value, TextOf);
        else if (type == typeof(IAsyncCollector<byte[]>))
            await CollectAsync(await binder.BindAsync<IAsyncCollector<byte[]>>(all), value, BytesOf);
        else if (type == typeof(IAsyncCollector<JObject>))
            await CollectAsync(
                await binder.BindAsync<IAsyncCollector<JObject>>(all), value, item => item as JObject ?? JObject.Parse(TextOf(item)));
        else if (type == typeof(Stream))
        {
            await using var stream = await binder.BindAsync<Stream>(all);
            await stream.WriteAsync(BytesOf(value));
        }
        else
        {
            throw Unsupported(function, binding, type);
        }
    }

    /// <summary>Reads a whole stream as bytes or as text.</summary>
    public static async Task<object> ReadAsync(Stream stream, bool isBinary)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return isBinary ? buffer.ToArray() : Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private (Attribute Attribute, Type ValueType) Of(Function function, Binding binding) =>
        _bindings.GetOrAdd(binding, _ => attributes.Of(function, binding));

    // A list becomes one message per item.
    private static async Task CollectAsync<T>(IAsyncCollector<T> collector, object value, Func<object, T> convert)
    {
        var items = value switch
        {
            JArray array => array,
            string text when text.TrimStart().StartsWith('[') && TryParse(text) is JArray array => array,
            Array array and not byte[] => array.Cast<object>(),
            _ => (IEnumerable<object>)[value],
        };
        foreach (var item in items)
            await collector.AddAsync(convert(item));
        await collector.FlushAsync();
    }

    private static JToken? TryParse(string text)
    {
        try
        {
            return JToken.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string TextOf(object value) => value switch
    {
        JValue { Type: JTokenType.String } text => (string)text!,
        JToken json => json.ToString(Formatting.None),
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => value.ToString() ?? "",
    };

    private static byte[] BytesOf(object value) => value as byte[] ?? Encoding.UTF8.GetBytes(TextOf(value));

    private static NotSupportedException Unsupported(Function function, Binding binding, Type type) =>
        new(
            $"The function {function.Name}, binding {binding.Name} ({binding.Type}): values of type {type.Name} are not supported by "
                + "this host.");
}
