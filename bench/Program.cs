using Darkroom.Bench;

// ./darkroom bench [NAME]: runs all benchmarks, or one.
IReadOnlyList<Benchmark> benchmarks =
[
    new ParsingBenchmark(), new PictureBenchmark(), new ThumbnailBenchmark(), new PollingBenchmark(), new SpeedBenchmark(),
    new BurstBenchmark(), new CostBenchmark(), new LargePicturesBenchmark(), new OpenAiBenchmark(), new BatchBenchmark(),
    new StartBenchmark(), new PageBenchmark(),
];
var wanted = args.FirstOrDefault();
var chosen = benchmarks.Where(benchmark => wanted is null || benchmark.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
if (chosen.Length == 0)
{
    Console.Error.WriteLine(
        $"There is no benchmark \"{wanted}\". There are: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    return 1;
}

var missed = 0;
foreach (var benchmark in chosen)
{
    Console.WriteLine($"\n{benchmark.Name}: {benchmark.About}");
    foreach (var result in await benchmark.RunAsync())
    {
        Console.WriteLine($"  {result}");
        missed += result.Holds ? 0 : 1;
    }
}

Console.WriteLine(missed == 0 ? "\nEvery goal is met." : $"\n{missed} goals are missed.");
return missed == 0 ? 0 : 1;
