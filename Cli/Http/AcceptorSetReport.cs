using System.Text.Json.Serialization;

namespace Orleans.Paxos.Cli.Http;

/// <summary>The acceptor set and how far its change is, as JSON.</summary>
internal sealed record AcceptorSetReport(
    long Epoch,
    int Majority,
    ImmutableArray<AcceptorSetReport.Member> Members,
    ImmutableArray<AcceptorSetReport.Member> Former,
    string Step,
    long Swept,
    double RegistersPerSecond,
    string WaitsFor,
    ImmutableArray<AcceptorSetReport.HeldSet> Acceptors)
{
    private static readonly string NoStep = ChangeStep.None.ToWord();

    /// <summary>Whether a change is under way.</summary>
    [JsonIgnore]
    public bool IsChanging => Step != NoStep;

    /// <summary>Whether the change under way can still be cancelled.</summary>
    [JsonIgnore]
    public bool CanBeCancelled => IsChanging && !Former.IsEmpty;

    public static AcceptorSetReport From(AcceptorSetStatus status) => new(
        status.Set.Epoch,
        status.Set.Majority,
        [.. status.Set.Members.Select(Member.From)],
        [.. status.Set.Former.Select(Member.From)],
        status.Step.ToWord(),
        status.Swept,
        Math.Round(status.PerSecond, 1),
        status.WaitsFor,
        [.. status.Acceptors.Select(HeldSet.From)]);

    /// <summary>An acceptor of the set; of one of the first set, the incarnation may not be known.</summary>
    internal sealed record Member(string Name, Guid? Incarnation)
    {
        public static Member From(AcceptorMember member) => new(member.Name, member.IsFounder ? null : member.Incarnation);
    }

    /// <summary>How an acceptor is, and the epoch of the set that it has.</summary>
    internal sealed record HeldSet(string Name, string Standing, string Detail, long Epoch, string Storage, long Registers)
    {
        public static HeldSet From(AcceptorStatus status) =>
            new(status.Acceptor, status.Standing.ToWord(), status.Detail, status.Epoch, status.Storage, status.Registers);
    }
}

/// <summary>A change of the acceptor set, as JSON.</summary>
internal sealed record AcceptorChangeMessage(ImmutableArray<string> Add, ImmutableArray<string> Remove, int PerSecond);
