namespace Orleans.Paxos.Tests.Local;

public sealed class TurnTests
{
    [Fact]
    public async Task Requests_of_a_grain_run_one_after_the_other()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<ITurnGrain>("one", typeof(TurnGrain).FullName);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(grain.AddAsync)));
        Assert.Equal(new TurnCount(500, 1, 1, 0), await grain.CountAsync());
    }

    [Fact]
    public async Task Requests_of_a_reentrant_grain_interleave_and_its_turns_do_not()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<IReentrantTurnGrain>("one");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(grain.AddAsync)));
        var (arrived, go) = (Signals.NewName(), Signals.NewName());
        var waiting = grain.WaitAsync(arrived, go);
        await Signals.WaitAsync(arrived);
        var count = await grain.CountAsync();
        Assert.Equal((500, 1, 0), (count.Sum, count.MostTurnsAtOnce, count.TurnsOnOtherSchedulers));
        Signals.Set(go);
        await waiting;
    }

    [Fact]
    public async Task An_always_interleaved_request_runs_while_another_waits()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<ITurnGrain>("one", typeof(TurnGrain).FullName);
        var (arrived, go, done) = (Signals.NewName(), Signals.NewName(), Signals.NewName());
        var waiting = grain.WaitAsync(arrived, go);
        await Signals.WaitAsync(arrived);
        await grain.InterleaveAsync(done);
        var ordinary = grain.CountAsync();
        await cluster.WorkElsewhereAsync("a");
        Assert.False(ordinary.IsCompleted);
        Signals.Set(go);
        await waiting;
        await ordinary;
    }

    [Fact]
    public async Task Read_only_requests_interleave_with_each_other_only()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<ITurnGrain>("one", typeof(TurnGrain).FullName);
        var (first, second, third, go) = (Signals.NewName(), Signals.NewName(), Signals.NewName(), Signals.NewName());
        var reads = new List<Task> { grain.ReadAsync(first, go), grain.ReadAsync(second, go) };
        await Signals.WaitAsync(first);
        await Signals.WaitAsync(second);
        var write = grain.WaitAsync(third, go);
        await cluster.WorkElsewhereAsync("a");
        Assert.False(Signals.IsSet(third));
        Signals.Set(go);
        await Task.WhenAll([.. reads, write]);
    }
}
