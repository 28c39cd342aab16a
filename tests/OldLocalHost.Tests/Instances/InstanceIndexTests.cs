using Darkroom.LocalHost.Instances;
using Darkroom.TestKit;
using FsCheck.Fluent;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Instances;

public sealed class InstanceIndexTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc);

    private static readonly OrchestrationRuntimeStatus[] Statuses =
        [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Pending];

    [Fact]
    public void Pages_give_what_a_look_at_everything_would_without_gap_or_repeat() =>
        Properties.ForAll(
            from instances in (from id in Gen.Elements("a", "a/1", "b-1", "b-2", "b-10", "c", "é", "B-1")
                               from number in Gen.Choose(0, 40)
                               from minute in Gen.Choose(0, 5)
                               from status in Gen.Elements(Statuses)
                               select (Id: $"{id}{number}", At: Start.AddMinutes(minute), status)).ListOf()
            from prefix in Gen.Elements("", "b", "b-1", "zzz")
            from fromMinute in Gen.Elements<int?>(null, 0, 2)
            from toMinute in Gen.Elements<int?>(null, 3, 5)
            from wanted in Gen.Elements<OrchestrationRuntimeStatus[]>([], [OrchestrationRuntimeStatus.Completed], [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed])
            from size in Gen.Choose(1, 7)
            select (instances, query: new InstanceQuery
            {
                Prefix = prefix,
                CreatedFrom = fromMinute is { } early ? Start.AddMinutes(early) : null,
                CreatedTo = toMinute is { } late ? Start.AddMinutes(late) : null,
                Statuses = wanted,
            }, size),
            one =>
            {
                var index = new InstanceIndex();
                var all = one.instances.DistinctBy(instance => instance.Id).Select(instance => new Instance
                {
                    Id = instance.Id,
                    ExecutionId = "x",
                    Name = "n",
                    CreatedAt = instance.At,
                    UpdatedAt = instance.At,
                    Status = instance.status,
                }).ToList();
                all.ForEach(index.Add);
                var expected = all
                    .Where(instance => one.query.Fits(instance.CreatedAt, instance.Id) && (one.query.Statuses!.Count == 0 || one.query.Statuses.Contains(instance.Status)))
                    .Select(instance => instance.Id).Order(StringComparer.Ordinal);
                return Pages(index, one.query, one.size).Order(StringComparer.Ordinal).SequenceEqual(expected);
            });

    [Fact]
    public void A_token_that_was_never_given_out_is_refused() => Assert.Throws<ArgumentException>(() => PageToken.Parse("!!"));

    private static List<string> Pages(InstanceIndex index, InstanceQuery query, int size)
    {
        var found = new List<string>();
        PageToken? after = null;
        while (true)
        {
            var page = index.Find(query, after).Take(size).ToList();
            found.AddRange(page.Select(instance => instance.Id));
            if (page.Count < size)
                return found;
            after = PageToken.Parse(new PageToken(page[^1].CreatedAt, page[^1].Id).ToString());
        }
    }
}
