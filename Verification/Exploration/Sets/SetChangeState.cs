using System.Runtime.InteropServices;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>What a proposer does next.</summary>
internal enum ProposerPhase : ushort
{
    /// <summary>Nothing, and no message of it can have an effect any more.</summary>
    Gone,

    /// <summary>The sweep: it waits for the joint set to be taken over.</summary>
    Idle,

    /// <summary>The sweep: it waits for lists of what acceptors have accepted.</summary>
    Listing,

    /// <summary>It waits for promises.</summary>
    Preparing,

    /// <summary>It has sent a state.</summary>
    Accepting,

    /// <summary>Its state is chosen. Acceptors may still accept it.</summary>
    Chosen,
}

/// <summary>What an acceptor has told the sweep when it was asked for a list.</summary>
[Flags]
internal enum Listed : ushort
{
    /// <summary>It has not answered.</summary>
    No = 0,

    /// <summary>That it had accepted nothing.</summary>
    Nothing = 1,

    /// <summary>That it had accepted a state.</summary>
    Something = 2,
}

/// <summary>
/// The complete state of a world whose set changes. What was sent may be delivered at any later time, any number of times, or never. Numbers of records and
/// messages are those of the <see cref="Catalogue"/>; proposer 0 is the sweep, and the writers follow.
/// </summary>
internal sealed class SetChangeState : IWorldState<SetChangeState>
{
    public const int ProposerCount = SetChangePlan.WriterCount + 1;
    public const int Sweep = 0;

    private const int AcceptorFields = 4 + ProposerCount;
    private const int ProposerFields = 2;
    private const int OtherFields = 4;

    private readonly ushort[] _numbers;

    /// <summary>Creates a state in which nothing has happened.</summary>
    /// <param name="acceptors">The number of acceptors.</param>
    public SetChangeState(int acceptors)
        : this(new ushort[OtherFields + (ProposerCount * ProposerFields) + (acceptors * AcceptorFields)])
    {
    }

    private SetChangeState(ushort[] numbers) => _numbers = numbers;

    /// <summary>The number of the plan; 0 at the start.</summary>
    public ref ushort Plan => ref _numbers[0];

    /// <summary>The state that is chosen; 0 for none.</summary>
    public ref ushort Chosen => ref _numbers[1];

    /// <summary>Whether the register is carried over, so that the set after the change can be decided.</summary>
    public bool IsSwept { get => _numbers[2] != 0; set => _numbers[2] = value ? (ushort)1 : (ushort)0; }

    /// <summary>Whether storage was wiped.</summary>
    public bool IsWiped { get => _numbers[3] != 0; set => _numbers[3] = value ? (ushort)1 : (ushort)0; }

    /// <summary>Whether this stands for all states after which nothing can disagree.</summary>
    public bool IsOver => Plan == 0 && RecordOf(0) == 0;

    /// <inheritdoc/>
    public SetChangeState? Before { get; set; }

    public ProposerPhase PhaseOf(int proposer) => (ProposerPhase)_numbers[OfProposer(proposer)];

    public void SetPhase(int proposer, ProposerPhase phase) => _numbers[OfProposer(proposer)] = (ushort)phase;

    /// <summary>The accept message that a proposer has sent; 0 for none.</summary>
    public ref ushort AcceptOf(int proposer) => ref _numbers[OfProposer(proposer) + 1];

    /// <summary>The latest set that an acceptor has taken over.</summary>
    public SetStep SetOf(int acceptor) => (SetStep)_numbers[OfAcceptor(acceptor)];

    public void TakeOver(int acceptor, SetStep step) => _numbers[OfAcceptor(acceptor)] = (ushort)step;

    public ref ushort RecordOf(int acceptor) => ref _numbers[OfAcceptor(acceptor) + 1];

    /// <summary>One bit for each proposer: whether the acceptor has accepted its state.</summary>
    public ref ushort VotesOf(int acceptor) => ref _numbers[OfAcceptor(acceptor) + 2];

    public bool HasVoted(int acceptor, int proposer) => (VotesOf(acceptor) & (1 << proposer)) != 0;

    public Listed ListedBy(int acceptor) => (Listed)_numbers[OfAcceptor(acceptor) + 3];

    public void List(int acceptor, Listed listed) => _numbers[OfAcceptor(acceptor) + 3] = (ushort)listed;

    /// <summary>The promise that an acceptor has made to a proposer that waits for promises; 0 for none.</summary>
    public ref ushort PromiseOf(int acceptor, int proposer) => ref _numbers[OfAcceptor(acceptor) + 4 + proposer];

    /// <summary>Puts the acceptors of a range in order.</summary>
    public void Sort(int first, int last)
    {
        for (var end = last; end > first; end--)
        {
            for (var acceptor = first; acceptor < end; acceptor++)
            {
                if (Row(acceptor).SequenceCompareTo(Row(acceptor + 1)) > 0)
                    Swap(Row(acceptor), Row(acceptor + 1));
            }
        }
    }

    /// <summary>Drops everything: nothing can disagree any more (<see cref="IsOver"/>).</summary>
    public void Clear() => Array.Clear(_numbers);

    /// <inheritdoc/>
    public SetChangeState Copy() => new([.. _numbers]);

    public bool Equals(SetChangeState? other) => other is not null && _numbers.AsSpan().SequenceEqual(other._numbers);

    public override bool Equals(object? obj) => Equals(obj as SetChangeState);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes<ushort>(_numbers));
        return hash.ToHashCode();
    }

    private static int OfProposer(int proposer) => OtherFields + (proposer * ProposerFields);

    private static int OfAcceptor(int acceptor) => OtherFields + (ProposerCount * ProposerFields) + (acceptor * AcceptorFields);

    private static void Swap(Span<ushort> one, Span<ushort> other)
    {
        for (var field = 0; field < AcceptorFields; field++)
            (one[field], other[field]) = (other[field], one[field]);
    }

    private Span<ushort> Row(int acceptor) => _numbers.AsSpan(OfAcceptor(acceptor), AcceptorFields);
}
