using Darkroom.LocalHost.Worker.Protocol;
using Google.Protobuf;
using Microsoft.Azure.WebJobs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Darkroom.LocalHost.Worker;

/// <summary>Converts binding values to and from worker messages.</summary>
internal static class TypedDataConversion
{
    private static readonly JsonSerializerSettings DatesStayText = new() { DateParseHandling = DateParseHandling.None };

    /// <summary>Converts a value to a worker message.</summary>
    public static TypedData ToTypedData(object? value) => value switch
    {
        null => new TypedData(),
        TypedData data => data,
        string text => new TypedData { String = text },
        byte[] bytes => new TypedData { Bytes = ByteString.CopyFrom(bytes) },
        double number => new TypedData { Double = number },
        JToken json => new TypedData { Json = json.ToString(Formatting.None) },
        ParameterBindingData data => new TypedData { ModelBindingData = ToModelBindingData(data) },
        ParameterBindingData[] many => Collection(many),
        string[] texts => new TypedData { CollectionString = new CollectionString { String = { texts.Select(text => text ?? "") } } },
        byte[][] blocks =>
            new TypedData { CollectionBytes = new CollectionBytes { Bytes = { blocks.Select(block => ByteString.CopyFrom(block)) } } },
        double[] numbers => new TypedData { CollectionDouble = new CollectionDouble { Double = { numbers } } },
        long[] numbers => new TypedData { CollectionSint64 = new CollectionSInt64 { Sint64 = { numbers } } },
        _ => new TypedData { Json = JsonConvert.SerializeObject(value, Formatting.None) },
    };

    /// <summary>Converts a value that the worker returned. JSON becomes a <see cref="JToken"/>.</summary>
    public static object? ToObject(TypedData? data) => data?.DataCase switch
    {
        null or TypedData.DataOneofCase.None => null,
        TypedData.DataOneofCase.String => data.String,
        TypedData.DataOneofCase.Json => JsonConvert.DeserializeObject(data.Json, DatesStayText),
        TypedData.DataOneofCase.Bytes => data.Bytes.ToByteArray(),
        TypedData.DataOneofCase.Stream => data.Stream.ToByteArray(),
        TypedData.DataOneofCase.Int => data.Int,
        TypedData.DataOneofCase.Double => data.Double,
        TypedData.DataOneofCase.Http => data.Http,
        TypedData.DataOneofCase.CollectionString => data.CollectionString.String.ToArray(),
        TypedData.DataOneofCase.CollectionBytes => data.CollectionBytes.Bytes.Select(block => block.ToByteArray()).ToArray(),
        TypedData.DataOneofCase.CollectionDouble => data.CollectionDouble.Double.ToArray(),
        TypedData.DataOneofCase.CollectionSint64 => data.CollectionSint64.Sint64.ToArray(),
        _ => throw new InvalidOperationException($"The worker returned a value of an unsupported type ({data.DataCase})."),
    };

    private static TypedData Collection(ParameterBindingData[] many)
    {
        var collection = new CollectionModelBindingData();
        collection.ModelBindingData.AddRange(many.Where(one => one is not null).Select(ToModelBindingData));
        return new TypedData { CollectionModelBindingData = collection };
    }

    private static ModelBindingData ToModelBindingData(ParameterBindingData data) => new()
    {
        Version = data.Version,
        Source = data.Source,
        ContentType = data.ContentType,
        Content = ByteString.CopyFrom(data.Content),
    };
}
