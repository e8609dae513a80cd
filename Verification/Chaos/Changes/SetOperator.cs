using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Changes;

/// <summary>
/// Changes the acceptor set as an operator does, one change after another: each is asked for until it is decided, and waited for until it is over. One
/// acceptor of the settings keeps its place and its disk. Of the others, one at a time loses its disk and is replaced.
/// </summary>
/// <param name="cluster">The processes.</param>
/// <param name="acceptors">Changes the acceptor set.</param>
/// <param name="random">Selects the changes and the silos.</param>
/// <param name="clock">The clock.</param>
internal sealed class SetOperator(SiloCluster cluster, IAcceptorSetClient acceptors, Random random, RunClock clock)
{
    private const int FewestAcceptors = 3;
    private const int OneInCancelled = 5;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestSecondThought = TimeSpan.FromMilliseconds(300);

    private readonly string _keeper = SiloCluster.Names[random.Next(SiloCluster.Names.Length)];
    private OperatorCalls _calls = new(acceptors, clock);
    private ImmutableArray<SetChange> _changes = [];
    private ImmutableArray<ProcessFault> _wipes = [];

    /// <summary>The changes so far.</summary>
    public ImmutableArray<SetChange> Changes => _changes;

    /// <summary>The disks that were wiped so far.</summary>
    public ImmutableArray<ProcessFault> Wipes => _wipes;

    /// <summary>What the operator waits for.</summary>
    public string WaitsFor => _calls.Trouble;

    /// <summary>Changes the set until the given time, in each way at least once, and waits until the last change is over.</summary>
    public async Task RunAsync(TimeSpan until, CancellationToken cancellationToken)
    {
        var missing = Enum.GetValues<SetChangeKind>().ToHashSet();
        while (missing.Count > 0 || clock.Elapsed < until)
        {
            await clock.DelayAsync(LongestRest * random.NextDouble(), cancellationToken);
            _calls = new OperatorCalls(acceptors, clock);
            var status = await _calls.StatusAsync(static status => status.Step == ChangeStep.None, cancellationToken);
            var kind = Next(status.Set, missing);
            await ChangeAsync(kind, status.Set, cancellationToken);
            missing.Remove(kind);
        }
    }

    private SetChangeKind Next(AcceptorSet set, HashSet<SetChangeKind> missing)
    {
        SetChangeKind[] possible = set.Members.Length > FewestAcceptors ? [SetChangeKind.Remove, SetChangeKind.Replace] : [SetChangeKind.Add, SetChangeKind.Swap, SetChangeKind.Replace];
        var wanted = possible.Where(missing.Contains).DefaultIfEmpty(possible[random.Next(possible.Length)]).ToArray();
        return wanted[random.Next(wanted.Length)];
    }

    private async Task ChangeAsync(SetChangeKind kind, AcceptorSet set, CancellationToken cancellationToken)
    {
        var member = Any(set.Names.Remove(_keeper));
        var spare = cluster.Silos.Except(set.Names).FirstOrDefault(member);
        var from = clock.Elapsed;
        if (kind == SetChangeKind.Replace)
            await WipeAsync(member);
        var change = kind switch
        {
            SetChangeKind.Add => new AcceptorChange([spare], []),
            SetChangeKind.Remove => new AcceptorChange([], [member]),
            SetChangeKind.Swap => new AcceptorChange([spare], [member]),
            _ => new AcceptorChange([member], [member]),
        };
        var asked = clock.Elapsed;
        await _calls.ChangeAsync(change, set.Epoch, cancellationToken);
        if (kind != SetChangeKind.Replace && random.Next(OneInCancelled) == 0)
        {
            await clock.DelayAsync(LongestSecondThought * random.NextDouble(), cancellationToken);
            await _calls.CancelAsync();
        }

        var after = await _calls.StatusAsync(status => status.Step == ChangeStep.None && status.Set.Epoch > set.Epoch, cancellationToken);
        var isCancelled = kind != SetChangeKind.Replace && after.Set.Names.SequenceEqual(set.Names);
        _changes = _changes.Add(new SetChange(kind, asked, clock.Elapsed, isCancelled, _calls.Made, _calls.Refused, _calls.Unanswered));
        if (kind == SetChangeKind.Replace)
            _wipes = _wipes.Add(new ProcessFault(ProcessFaultKind.Wipe, member, from, clock.Elapsed)); // until then it is missing
        foreach (var gone in change.Add.Concat(change.Remove).Except(after.Set.Names))
            await WipeSpareAsync(gone);
    }

    /// <summary>Wipes what has left the set, or was to come into it: only blank storage comes into a set.</summary>
    private async Task WipeSpareAsync(string silo)
    {
        var from = clock.Elapsed;
        await WipeAsync(silo);
        _wipes = _wipes.Add(new ProcessFault(ProcessFaultKind.Wipe, silo, from, clock.Elapsed));
    }

    private Task WipeAsync(string silo) => cluster.InTurnAsync(silo, async () =>
    {
        await cluster.KillAsync(silo);
        cluster.Wipe(silo);
        await cluster.StartAsync(silo);
    });

    private string Any(ImmutableArray<string> names) => names[random.Next(names.Length)];
}
