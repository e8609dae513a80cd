using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Placement;

namespace Orleans.Paxos.Registers;

/// <summary>The learner of one register, on the silo where it was first called.</summary>
[Reentrant, PreferLocalPlacement]
internal sealed class ConfigRegisterGrain(
    Proposer proposer, AcceptorPeers peers, IOptions<PaxosOptions> options, IHostApplicationLifetime lifetime) : Grain, IConfigRegisterGrain
{
    private ConfigRegister? _register;
    private bool _isOfSession;

    private ConfigRegister Register => _register ?? throw new InvalidOperationException("The register is not active.");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        _isOfSession = RegisterName.IsBelow(name, ReservedNames.Sessions);
        _register = new ConfigRegister(name, proposer.ProposeAsync, peers, options.Value);
        return Task.CompletedTask;
    }

    public Task<ChangeOutcome> ChangeAsync(ChangeRequest request) =>
        _isOfSession ? ChangeSessionAsync(request) : Register.ChangeAsync(request);

    public Task<RegisterEntry?> ReadAsync(ReadConsistency consistency) => Register.ReadAsync(consistency);

    public Task<long> FloorAsync() => Register.FloorAsync();

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync() => Register.HistoryAsync();

    /// <summary>Ends when the silo stops, because the silo waits for the calls of its grains before it stops.</summary>
    public Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait) => Register.WatchAsync(after, wait, lifetime.ApplicationStopping);

    public Task LearnAsync(ChosenState chosen)
    {
        Register.Learn(chosen);
        return Task.CompletedTask;
    }

    /// <summary>Nobody opens a session that has ended again, so its grain would take memory for nothing until it had been idle for long.</summary>
    private async Task<ChangeOutcome> ChangeSessionAsync(ChangeRequest request)
    {
        var outcome = await Register.ChangeAsync(request);
        if (outcome.Entry is { Deleted: true })
            DeactivateOnIdle();
        return outcome;
    }
}
