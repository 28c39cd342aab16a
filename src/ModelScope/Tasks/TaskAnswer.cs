using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tasks;

/// <summary>Reads the answer to a look. It supports every known response format in one pass and never throws.</summary>
public static class TaskAnswer
{
    /// <summary>Reads <paramref name="utf8"/>. Returns false if it is not exactly one JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out TaskSnapshot? snapshot)
    {
        snapshot = null;
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];

        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;

            var draft = new Draft();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                draft.Take(ref reader);
            // Data after the object makes the answer invalid.
            if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
                return false;

            snapshot = draft.ToSnapshot();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private ref struct Draft
    {
        private ReasonReader _reason;
        private PictureList _pictures;
        private string? _taskStatus;
        private string? _status;
        private string? _taskId;
        private string? _requestId;
        private double? _timeTakenMs;
        private TaskInput? _input;

        public void Take(ref Utf8JsonReader reader)
        {
            if (reader.NameIs("task_status"u8))
                _taskStatus = Next(ref reader);
            else if (reader.NameIs("status"u8))
                _status = Next(ref reader);
            else if (reader.NameIs("task_id"u8))
                _taskId = Next(ref reader);
            else if (reader.NameIs("request_id"u8))
                _requestId = Next(ref reader);
            else if (reader.NameIs("time_taken"u8))
                _timeTakenMs = NextNumber(ref reader);
            else if (reader.NameIs("input"u8))
                _input = TaskInputReader.Read(ref reader);
            else if (!_pictures.TryTake(ref reader) && !_reason.TryTake(ref reader))
                reader.Skip();
        }

        public readonly TaskSnapshot ToSnapshot()
        {
            var raw = string.IsNullOrWhiteSpace(_taskStatus) ? _status : _taskStatus;
            var pictures = _pictures.ToList();
            var reason = _reason.ToReason();
            return new TaskSnapshot
            {
                State = StateOf(raw, pictures, reason),
                RawStatus = raw,
                TaskId = _taskId,
                RequestId = _requestId ?? reason?.RequestId,
                Pictures = pictures,
                TimeTaken = _timeTakenMs is >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(_timeTakenMs.Value) : null,
                Input = _input,
                Reason = reason,
            };
        }

        private static TaskState StateOf(string? raw, IReadOnlyList<PictureSource> pictures, UpstreamReason? reason)
        {
            var state = TaskStates.Read(raw);
            if (state == TaskState.Failed && FailureRules.SaysTaskNotFound(reason))
                return TaskState.NotFound;
            // An answer with pictures but without a status is a success, because the pictures were paid for.
            return state == TaskState.Running && string.IsNullOrWhiteSpace(raw) && pictures.Count > 0 ? TaskState.Succeeded : state;
        }

        private static string? Next(ref Utf8JsonReader reader)
        {
            reader.Read();
            return JsonText.Scalar(ref reader);
        }

        private static double? NextNumber(ref Utf8JsonReader reader)
        {
            reader.Read();
            return JsonText.Number(ref reader);
        }
    }
}
