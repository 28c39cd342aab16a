import { metrics } from './metrics.mjs';
import { catches, holds } from './seed.mjs';

holds(metrics);
catches(metrics, 'a metric that is not emitted', 'infra/monitoring/queries/credits.kql', 'darkroom.credits', 'darkroom.credit', /credits\.kql:\d+: there is no metric darkroom\.credit$/);
catches(metrics, 'a tag that is not there', 'infra/monitoring/queries/failures.kql', "['status']", "['state']", /there is no tag state/);
catches(metrics, 'a metric that nothing shows', 'infra/monitoring/workbook.json', 'darkroom.lag', 'darkroom.polls', /nothing shows the metric darkroom\.lag/);
catches(metrics, 'a metric that the code has and nobody asks for', 'src/Functions/Meters.cs', null, 'meter.CreateCounter<long>("darkroom.surprises");', /the code measures darkroom\.surprises/);
catches(metrics, 'a metric that the code no longer has', 'src/Functions/Telemetry/JobMetrics.cs', '"darkroom.credits"', '"darkroom.money"', /nothing measures darkroom\.credits/);
