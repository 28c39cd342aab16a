using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Darkroom.Cli.Batches;
using Darkroom.Cli.Doctor;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Operations;

namespace Darkroom.Cli.Server;

/// <summary>The JSON types that the command reads and writes.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(AcceptedBatch))]
[JsonSerializable(typeof(BatchState))]
[JsonSerializable(typeof(BatchCheck))]
[JsonSerializable(typeof(BatchLine))]
[JsonSerializable(typeof(Gate))]
[JsonSerializable(typeof(Usage))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>For writing: non-ASCII text is not escaped, so that Chinese stays readable.</summary>
    public static CliJson Written { get; } = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
