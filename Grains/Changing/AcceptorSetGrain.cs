using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;

namespace Orleans.Paxos.Changing;

/// <summary>Decides changes of the acceptor set, and leaves it to one silo's <see cref="SetDriverGrain"/> to go on with them.</summary>
[StatelessWorker(1), Reentrant, GrainDirectory(PinnedGrainDirectory.Name)]
internal sealed class AcceptorSetGrain(
    AcceptorPeers peers, Proposer proposer, IOptions<PaxosOptions> options, ILocalSiloDetails silo, ILogger<SetDriver> logger) : Grain, IAcceptorSetGrain
{
    private static readonly SetProgress NotKnown = new(PerSecond: 0, "Whoever goes on with the change does not answer. If its silo is gone, another one goes on.");

    private readonly SetDriver _driver = new(peers, proposer.ProposeAsync, options.Value, UniqueId.New, logger);

    public async Task<AcceptorSetStatus> StatusAsync()
    {
        var (plan, swept) = await _driver.ProgressAsync();
        var progress = plan is { IsDone: false } ? await ContinueAsync() : null;
        var cluster = await new ClusterInspector(peers, silo.Name).InspectAsync();
        return new AcceptorSetStatus(
            plan?.Set ?? peers.Current.Set, StepOf(plan, swept, progress), swept, progress?.PerSecond ?? 0, progress?.WaitsFor ?? "", cluster.Acceptors);
    }

    public async Task<AcceptorSet> ChangeAsync(AcceptorChange change)
    {
        var joint = await _driver.ChangeAsync(change);
        ContinueAsync().Abandon();
        return joint;
    }

    public async Task<AcceptorSet> CancelAsync()
    {
        var set = await _driver.CancelAsync();
        ContinueAsync().Abandon();
        return set;
    }

    private static ChangeStep StepOf(AcceptorPlan? plan, long swept, SetProgress? progress) => plan switch
    {
        null or { IsDone: true } => ChangeStep.None,
        { Set.IsJoint: false } => ChangeStep.Finishing,
        _ => swept > 0 || progress?.PerSecond > 0 ? ChangeStep.Sweeping : ChangeStep.Joining,
    };

    /// <summary>Has the driver go on. If it does not, silos have it go on later (<see cref="AcceptorSetService"/>).</summary>
    private async Task<SetProgress?> ContinueAsync()
    {
        try
        {
            return await GrainFactory.GetGrain<ISetDriverGrain>(ISetDriverGrain.Key).ContinueAsync().WaitAsync(options.Value.AcceptorTimeout, peers.Clock);
        }
        catch (Exception exception) when (exception is TimeoutException or QuorumUnavailableException or SiloUnavailableException or OrleansMessageRejectionException)
        {
            return NotKnown;
        }
    }
}
