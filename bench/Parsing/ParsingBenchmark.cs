using System.Diagnostics;
using System.Text.Json.Nodes;
using Darkroom.ModelScope.Tasks;

namespace Darkroom.Bench;

/// <summary>Compares the parsing of a finished task's answer with System.Text.Json's JsonNode.</summary>
internal sealed class ParsingBenchmark : Benchmark
{
    private const int Rounds = 300_000;

    private static readonly byte[] Answer = """
        {
          "input": {
            "guidanceScale": 7.5, "height": 1280, "negativePrompt": "", "numInferenceSteps": 30,
            "prompt": "A golden cat sitting on a windowsill", "sampler": "Euler a", "seed": 212259417, "timeTaken": 5412.925481796265, "weight": 0
          },
          "output_images": ["https://muse-ai.oss-cn-hangzhou.aliyuncs.com/img/a8a4a129f825419ba01c97eccd9d4fef.jpeg"],
          "request_id": "824ddc0a-b4c5-4671-87c8-88ad2ec2d07e",
          "task_status": "SUCCEED",
          "time_taken": 5412.925481796265
        }
        """u8.ToArray();

    public override string Name => "parsing";

    public override string About => $"the answer of a finished task, {Answer.Length} bytes, one core";

    public override Task<IReadOnlyList<Result>> RunAsync()
    {
        var (ours, ourBytes) = Measure(static () => TaskAnswer.TryRead(Answer, out _));
        var (tree, treeBytes) = Measure(static () => JsonNode.Parse(Answer)!["task_status"]!.GetValue<string>().Length > 0);
        return Task.FromResult<IReadOnlyList<Result>>(
        [
            Result.AtLeast("answers read", ours, 300_000, "/s"),
            Result.AtMost("allocated for each", ourBytes, 2048, "bytes"),
            Result.AtLeast("speed against a JSON tree of the framework", ours / tree, 1, "times"),
            Result.AtMost("allocation against it", ourBytes / treeBytes, 1, "times"),
        ]);
    }

    private static (double PerSecond, double Bytes) Measure(Func<bool> read)
    {
        // The first run warms up the JIT compiler. The best run is least affected by other load on the machine.
        var best = 0.0;
        var bytes = 0.0;
        for (var run = 0; run < 6; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            for (var round = 0; round < Rounds; round++)
            {
                if (!read())
                    throw new InvalidOperationException("The answer was not read.");
            }

            best = Math.Max(best, Rounds / watch.Elapsed.TotalSeconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rounds;
        }

        return (best, bytes);
    }
}
