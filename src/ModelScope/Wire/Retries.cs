using Darkroom.ModelScope.Failures;
using Polly;
using Polly.Retry;

namespace Darkroom.ModelScope.Wire;

/// <summary>Retries reads that failed because ModelScope was unavailable, and submits of which no byte was sent.</summary>
internal static class Retries
{
    public static ResiliencePipeline ForReads(ModelScopeOptions options, TimeProvider time) =>
        Build(options, time, new PredicateBuilder().Handle<UpstreamUnavailableException>());

    public static ResiliencePipeline ForSubmits(ModelScopeOptions options, TimeProvider time) =>
        Build(options, time, new PredicateBuilder().Handle<UpstreamUnavailableException>(failure => failure.NothingWasSent));

    private static ResiliencePipeline Build(ModelScopeOptions options, TimeProvider time, PredicateBuilder<object> handled)
    {
        if (options.ReadTries <= 1)
            return ResiliencePipeline.Empty;

        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = handled,
                MaxRetryAttempts = options.ReadTries - 1,
                Delay = options.FirstPause,
                MaxDelay = TimeSpan.FromSeconds(5),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }
}
