using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;

namespace Orleans.Paxos.Changing;

/// <summary>Drives a change of the acceptor set. It stays active while one is under way.</summary>
[Reentrant]
internal sealed class AcceptorSetGrain(
    AcceptorPeers peers, Proposer proposer, IOptions<PaxosOptions> options, ILocalSiloDetails silo, ILogger<SetDriver> logger) : Grain, IAcceptorSetGrain
{
    private static readonly TimeSpan LongestChange = TimeSpan.FromDays(365);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SetDriver _driver = new(peers, proposer.ProposeAsync, options.Value, UniqueId.New, logger);
    private Task _running = Task.CompletedTask;

    public async Task<AcceptorSetStatus> StatusAsync()
    {
        var (plan, swept) = await _driver.ProgressAsync();
        var cluster = await new ClusterInspector(peers, silo.Name).InspectAsync();
        var set = plan?.Set ?? peers.Current.Set;
        return new AcceptorSetStatus(set, StepOf(plan, swept), swept, _driver.PerSecond, _driver.WaitsFor, cluster.Acceptors);
    }

    public async Task<AcceptorSet> ChangeAsync(AcceptorChange change)
    {
        var joint = await _driver.ChangeAsync(change);
        Run();
        return joint;
    }

    public async Task<AcceptorSet> CancelAsync()
    {
        var set = await _driver.CancelAsync();
        Run();
        return set;
    }

    public async Task<bool> ContinueAsync()
    {
        var (plan, _) = await _driver.ProgressAsync();
        if (plan is not { IsDone: false })
            return true;
        Run();
        return false;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }

    private ChangeStep StepOf(AcceptorPlan? plan, long swept) => plan switch
    {
        null or { IsDone: true } => ChangeStep.None,
        { Set.IsJoint: false } => ChangeStep.Finishing,
        _ => swept > 0 || _driver.PerSecond > 0 ? ChangeStep.Sweeping : ChangeStep.Joining,
    };

    private void Run()
    {
        if (!_running.IsCompleted)
            return;
        DelayDeactivation(LongestChange);
        _running = RunAsync();
        _running.Abandon();
    }

    private async Task RunAsync()
    {
        await _driver.RunAsync(_stopping.Token);
        DelayDeactivation(TimeSpan.Zero);
    }
}
