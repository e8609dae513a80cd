namespace Orleans.Paxos.Cli.Http;

/// <summary>The status of the cluster as JSON.</summary>
internal sealed record StatusReport(long Epoch, int Majority, string Silo, StatusReport.Acceptor[] Acceptors)
{
    public static StatusReport From(ClusterStatus status) => new(
        status.Epoch,
        status.Majority,
        status.Silo,
        [.. status.Acceptors.Select(Acceptor.From)]);

    public ClusterStatus ToStatus() => new(Epoch, Majority, [.. Acceptors.Select(acceptor => acceptor.ToStatus())], Silo);

    /// <summary>The status of one acceptor.</summary>
    internal sealed record Acceptor(
        string Name,
        string Standing,
        string Detail,
        string Silo,
        string Storage,
        long Registers,
        long Forgotten = 0,
        string ForgettingWaitsFor = "",
        DateTimeOffset? MissedSince = null,
        long Behind = 0)
    {
        public static Acceptor From(AcceptorStatus status) =>
            new(status.Acceptor, status.Standing.ToWord(), status.Detail, status.Silo, status.Storage, status.Registers,
                status.Forgetting?.Forgotten ?? 0, status.Forgetting?.WaitsFor ?? "", status.CatchUp?.Since, status.CatchUp?.Behind ?? 0);

        public AcceptorStatus ToStatus() => new(
            Name,
            Enum.GetValues<AcceptorStanding>().FirstOrDefault(standing => standing.ToWord() == Standing, AcceptorStanding.Unreachable),
            Detail,
            Silo,
            Storage,
            Registers,
            new ForgettingStatus(Forgotten, ForgettingWaitsFor),
            new CatchUpStatus(MissedSince, Looked: 0, Behind, Brought: 0));
    }
}
