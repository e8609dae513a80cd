using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

public abstract partial class GrainStorageConformance
{
    [Fact]
    public async Task Of_writers_that_create_a_record_at_once_exactly_one_wins()
    {
        for (var round = 0; round < 10; round++)
            await RaceAsync(NewGrain(), etag: null);
    }

    [Fact]
    public async Task Of_writers_that_hold_the_same_etag_exactly_one_wins_each_time()
    {
        var grain = NewGrain();
        var etag = (await WriteAsync(grain, "start")).ETag;
        for (var round = 0; round < 10; round++)
            etag = await RaceAsync(grain, etag);
    }

    [Fact]
    public async Task Writers_of_different_records_all_succeed_and_none_sees_anothers_state()
    {
        var grains = Enumerable.Range(0, 100).Select(_ => NewGrain()).ToList();
        await Task.WhenAll(grains.Select(async grain =>
        {
            var state = Holding("0");
            for (var i = 1; i <= 10; i++)
            {
                state.State!.Text = $"{grain} {i}";
                await Storage.WriteStateAsync("state", grain, state);
                await AssertHoldsAsync(grain, $"{grain} {i}", state.ETag);
            }
        }));

        if (WhyNotDurable is null)
            await ReopenAsync();
        foreach (var grain in grains)
            Assert.Equal($"{grain} 10", (await ReadAsync(grain)).State!.Text);
    }

    [Fact]
    public async Task A_refused_write_does_not_fail_its_neighbours()
    {
        var contested = NewGrain();
        var stale = (await WriteAsync(contested, "first")).ETag;
        var latest = (await WriteAsync(contested, "second", stale)).ETag;
        var neighbours = Enumerable.Range(0, 50).Select(_ => NewGrain()).ToList();

        var refused = neighbours.Select(_ => TryWriteAsync(contested, "late", stale)).ToList();
        var written = await Task.WhenAll(neighbours.Select(grain => WriteAsync(grain, "neighbour")));

        Assert.All(await Task.WhenAll(refused), Assert.Null);
        await AssertHoldsAsync(contested, "second", latest);
        foreach (var (grain, state) in neighbours.Zip(written))
            await AssertHoldsAsync(grain, "neighbour", state.ETag);
    }

    private async Task<string> RaceAsync(GrainId grain, string? etag)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = Races.Select(async name =>
        {
            await start.Task;
            return (name, ETag: await TryWriteAsync(grain, name, etag));
        }).ToList();
        start.SetResult();

        var winner = Assert.Single(await Task.WhenAll(racers), racer => racer.ETag is not null);
        await AssertHoldsAsync(grain, winner.name, winner.ETag);
        return winner.ETag!;
    }

    /// <returns>The new ETag; null when the write was refused.</returns>
    private async Task<string?> TryWriteAsync(GrainId grain, string text, string? etag)
    {
        try
        {
            return (await WriteAsync(grain, text, etag)).ETag;
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }
}
