using System.Collections.Concurrent;

namespace Orleans.Paxos.Tests.Local;

/// <summary>Fails to start as often as its key was given.</summary>
public interface IFragileGrain : IWhereGrain;

public interface IAgingGrain : IWhereGrain
{
    Task DelayAsync(TimeSpan time);
}

public interface IAgelessGrain : IWhereGrain;

public sealed class FragileGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), IFragileGrain
{
    public static readonly ConcurrentDictionary<string, int> FailuresLeft = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        FailuresLeft.AddOrUpdate(this.GetPrimaryKeyString(), -1, (_, left) => left - 1) >= 0
            ? throw new MarkedException("not yet")
            : Task.CompletedTask;
}

[CollectionAgeLimit(Minutes = 5)]
public sealed class AgingGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), IAgingGrain
{
    public Task DelayAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}

[KeepAlive]
public sealed class AgelessGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), IAgelessGrain;
