namespace Orleans.Paxos.Tests.Http;

/// <summary>An acceptor set whose change ends when it is asked for its status for the second time.</summary>
internal sealed class FakeAcceptorSet : IAcceptorSetClient
{
    private static readonly AcceptorSet First = new(["a1", "a2"]);

    private int _looks;

    /// <summary>What the next call fails with; null for nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The changes that were begun.</summary>
    public List<AcceptorChange> Changes { get; } = [];

    public int Cancelled { get; private set; }

    public AcceptorSet Set { get; private set; } = First;

    public Task<AcceptorSetStatus> StatusAsync(CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        if (Set.IsJoint && ++_looks > 1)
            Set = Set.Completed();
        var acceptors = Set.Names.Select(name => new AcceptorStatus(name, AcceptorStanding.Voting, "", name, "memory", 7, Epoch: Set.Epoch));
        return Task.FromResult(new AcceptorSetStatus(Set, Set.IsJoint ? ChangeStep.Sweeping : ChangeStep.None, Swept: 3, PerSecond: 1.25, WaitsFor: "", [.. acceptors]));
    }

    public Task<AcceptorSet> ChangeAsync(AcceptorChange change, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        Changes.Add(change);
        var members = Set.Members.Where(member => !change.Remove.Contains(member.Name)).Concat(change.Add.Select(static name => new AcceptorMember(name, UniqueId.New())));
        return Task.FromResult(Set = Set.ChangeTo([.. members], new Dictionary<string, Guid>()));
    }

    public Task<AcceptorSet> CancelAsync(CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        Cancelled++;
        return Task.FromResult(Set = Set.IsJoint ? Set.Cancelled() : Set);
    }

    private void ThrowIfFailing()
    {
        if (Failure is not null)
            throw Failure;
    }
}
