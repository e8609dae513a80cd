using Orleans.Concurrency;
using Orleans.Placement;

namespace Orleans.Paxos.Tests.Local;

/// <summary>Tells where it is: the name of its silo, and which activation it is.</summary>
public interface IWhereGrain : IGrainWithStringKey
{
    Task<string> WhereAsync();

    Task<string> ActivationAsync();

    /// <summary>Asks another grain through this one's silo.</summary>
    Task<string> WhereIsAsync(string key);

    /// <summary>Sets one signal, waits for another, sets a third.</summary>
    Task MeetAsync(string arrived, string go, string gone);

    Task EndAsync();
}

public interface ILocalWorkerGrain : IWhereGrain;

public interface INearGrain : IWhereGrain;

public interface IPairGrain : IWhereGrain;

public abstract class WhereGrainBase(ILocalSiloDetails silo) : Grain, IWhereGrain
{
    public Task<string> WhereAsync() => Task.FromResult(silo.Name);

    public Task<string> ActivationAsync() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task<string> WhereIsAsync(string key) => GrainFactory.GetGrain<INearGrain>(key).WhereAsync();

    public async Task MeetAsync(string arrived, string go, string gone)
    {
        Signals.Set(arrived);
        await Signals.WaitAsync(go);
        Signals.Set(gone);
    }

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Set($"{this.GetPrimaryKeyString()} ended: {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}

/// <summary>On any silo.</summary>
public sealed class WhereGrain(ILocalSiloDetails silo) : WhereGrainBase(silo);

/// <summary>On every silo.</summary>
[StatelessWorker]
public sealed class LocalWorkerGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), ILocalWorkerGrain;

/// <summary>On every silo, twice.</summary>
[StatelessWorker(2)]
public sealed class PairGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), IPairGrain;

/// <summary>On the silo that is called.</summary>
[PreferLocalPlacement]
public sealed class NearGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), INearGrain;
