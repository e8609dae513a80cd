using Orleans.Concurrency;

namespace Orleans.Paxos.Tests.Local;

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Adds one in several turns, carelessly.</summary>
    Task AddAsync();

    Task<TurnCount> CountAsync();

    Task WaitAsync(string arrived, string go);

    [AlwaysInterleave]
    Task InterleaveAsync(string done);

    [ReadOnly]
    Task ReadAsync(string arrived, string go);
}

public interface IReentrantTurnGrain : ITurnGrain;

[GenerateSerializer, Immutable]
public sealed record TurnCount(
    [property: Id(0)] int Sum,
    [property: Id(1)] int MostTurnsAtOnce,
    [property: Id(2)] int MostRequestsAtOnce,
    [property: Id(3)] int TurnsOnOtherSchedulers);

public abstract class TurnGrainBase : Grain, ITurnGrain
{
    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private int _sum;
    private int _turns;
    private int _mostTurns;
    private int _requests;
    private int _mostRequests;
    private int _strayTurns;

    public async Task AddAsync()
    {
        _mostRequests = Math.Max(_mostRequests, Interlocked.Increment(ref _requests));
        for (var turn = 0; turn < 5; turn++)
        {
            Turn();
            await Task.Yield();
            Turn();
            await Task.Run(() => Thread.SpinWait(100));
        }

        Interlocked.Decrement(ref _requests);
    }

    public Task<TurnCount> CountAsync() => Task.FromResult(new TurnCount(_sum, _mostTurns, _mostRequests, _strayTurns));

    public async Task WaitAsync(string arrived, string go)
    {
        Signals.Set(arrived);
        await Signals.WaitAsync(go);
    }

    public Task InterleaveAsync(string done)
    {
        Signals.Set(done);
        return Task.CompletedTask;
    }

    public Task ReadAsync(string arrived, string go) => WaitAsync(arrived, go);

    private void Turn()
    {
        _mostTurns = Math.Max(_mostTurns, Interlocked.Increment(ref _turns));
        if (TaskScheduler.Current != _scheduler)
            _strayTurns++;
        var before = _sum;
        Thread.SpinWait(50);
        _sum = before + 1;
        Interlocked.Decrement(ref _turns);
    }
}

public sealed class TurnGrain : TurnGrainBase;

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrainBase, IReentrantTurnGrain;
