using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Paxos;

/// <summary>
/// The acceptors that form the quorum system, and their epoch. A set is changed in two steps (docs/protocol.md, "Changing the acceptors"): in a joint
/// set, it takes a majority of the acceptors before the change and one of those after it; in the set that follows, those after the change decide alone.
/// </summary>
/// <remarks>
/// A majority is more than half of the acceptors, so a set of 2f+1 acceptors tolerates the loss of f of them (Lamport, "Paxos Made
/// Simple", section 2.2). An even number tolerates no more losses than the odd number below it.
/// </remarks>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptorSet")]
public sealed record AcceptorSet
{
    /// <summary>The largest number of acceptors in a set.</summary>
    public const int MaxAcceptors = 15;

    [NonSerialized]
    private ComputedId? _id;

    /// <summary>Creates a first set.</summary>
    /// <param name="names">The acceptors' names, 1 to <see cref="MaxAcceptors"/> without duplicates. Each is the name of the silo that
    /// the acceptor is pinned to.</param>
    /// <param name="epoch">Its epoch. Sets of different epochs that were made in this way have nothing to do with each other.</param>
    /// <exception cref="ArgumentException">A name is empty or appears twice, or the number of names is out of range.</exception>
    public AcceptorSet(IEnumerable<string> names, long epoch = 1)
        : this(Founders(names), [], epoch, epoch, [])
    {
    }

    private AcceptorSet(
        ImmutableArray<AcceptorMember> members, ImmutableArray<AcceptorMember> former, long epoch, long since, ImmutableArray<AcceptorSetId> ancestors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        if (members.Length is 0 or > MaxAcceptors)
            throw new ArgumentException($"An acceptor set has 1 to {MaxAcceptors} acceptors, not {members.Length}.", nameof(members));
        if (members.Any(static member => string.IsNullOrWhiteSpace(member.Name)))
            throw new ArgumentException("An acceptor's name is empty.", nameof(members));
        if (members.DistinctBy(static member => member.Name, StringComparer.Ordinal).Count() != members.Length)
            throw new ArgumentException($"An acceptor appears twice in the set {string.Join(", ", members.Select(static member => member.Name))}.", nameof(members));
        Members = [.. members.OrderBy(static member => member.Name, StringComparer.Ordinal)];
        Former = [.. former.OrderBy(static member => member.Name, StringComparer.Ordinal)];
        Epoch = epoch;
        Since = since;
        Ancestors = ancestors;
    }

    /// <summary>The acceptors, in the ordinal order of their names.</summary>
    [Id(0)]
    public ImmutableArray<AcceptorMember> Members { get; private init; }

    /// <summary>In a joint set, the acceptors before the change, in the ordinal order of their names; empty in any other.</summary>
    [Id(1)]
    public ImmutableArray<AcceptorMember> Former { get; private init; }

    /// <summary>The epoch, which orders the sets that replace each other.</summary>
    [Id(2)]
    public long Epoch { get; private init; }

    /// <summary>The epoch from which on a majority of its acceptors shows what is chosen: what was accepted before may never have been.</summary>
    [Id(3)]
    public long Since { get; private init; }

    /// <summary>The sets that this one came from, the first one first.</summary>
    [Id(4)]
    public ImmutableArray<AcceptorSetId> Ancestors { get; private init; }

    /// <summary>Whether the set is being changed: what is decided takes a majority of both.</summary>
    public bool IsJoint => !Former.IsEmpty;

    /// <summary>Whether no set was before it.</summary>
    public bool IsFirst => Ancestors.IsEmpty;

    /// <summary>The names of all its acceptors, those before a change among them, in ordinal order.</summary>
    public ImmutableArray<string> Names =>
        [.. Members.Concat(Former).Select(static member => member.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Identifies this set in every message.</summary>
    public AcceptorSetId Id => (_id ??= new ComputedId(new AcceptorSetId(Epoch, Fingerprint()))).Value;

    /// <summary>How many acceptors make a majority; in a joint set, of those after the change.</summary>
    public int Majority => (Members.Length / 2) + 1;

    /// <summary>Restores a set that was stored.</summary>
    /// <param name="members">Its acceptors.</param>
    /// <param name="former">In a joint set, the acceptors before the change.</param>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="since">The epoch from which on a majority of its acceptors shows what is chosen.</param>
    /// <param name="ancestors">The sets before it.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    public static AcceptorSet Restore(
        ImmutableArray<AcceptorMember> members, ImmutableArray<AcceptorMember> former, long epoch, long since, ImmutableArray<AcceptorSetId> ancestors) =>
        new(members, former, epoch, since, ancestors);

    /// <summary>The joint set that begins a change to other acceptors.</summary>
    /// <param name="members">The acceptors after the change.</param>
    /// <param name="incarnations">The storages that acceptors of this set have now, as far as they are known: from now on, no other one is theirs.</param>
    /// <returns>The set of the next epoch.</returns>
    /// <exception cref="InvalidOperationException">A change is under way.</exception>
    public AcceptorSet ChangeTo(ImmutableArray<AcceptorMember> members, IReadOnlyDictionary<string, Guid> incarnations)
    {
        ArgumentNullException.ThrowIfNull(incarnations);
        if (IsJoint)
            throw new InvalidOperationException($"The set [{this}] is being changed.");
        var before = Members;
        return new AcceptorSet([.. members.Select(Identified)], [.. before.Select(Identified)], Epoch + 1, Since, [.. Ancestors, Id]);

        AcceptorMember Identified(AcceptorMember member) => before.Contains(member) && member.IsFounder
            ? member with { Incarnation = incarnations.GetValueOrDefault(member.Name) }
            : member;
    }

    /// <summary>The set in which the acceptors after the change decide alone.</summary>
    /// <returns>The set of the next epoch.</returns>
    /// <exception cref="InvalidOperationException">No change is under way.</exception>
    public AcceptorSet Completed() => After(Members, since: Epoch);

    /// <summary>The set in which the acceptors before the change decide alone again.</summary>
    /// <returns>The set of the next epoch.</returns>
    /// <exception cref="InvalidOperationException">No change is under way.</exception>
    public AcceptorSet Cancelled() => After(Former, Since);

    /// <summary>Whether this set came from another one.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>False if it is the same one.</returns>
    public bool Succeeds(AcceptorSetId other) => Ancestors.Contains(other);

    /// <summary>Whether two sets are the same, or one came from the other.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>False if they have nothing to do with each other, or came from one set in different ways.</returns>
    public bool IsRelatedTo(AcceptorSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Equals(other) || Succeeds(other.Id) || other.Succeeds(Id);
    }

    /// <summary>The acceptor of a name: after the change, if it is among those, or else before it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Null if there is none.</returns>
    public AcceptorMember? MemberOf(string name)
    {
        foreach (var member in Members.AddRange(Former))
        {
            if (member.Name == name)
                return member;
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(AcceptorSet? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => IsJoint ? $"epoch {Epoch}: {Text(Former)} to {Text(Members)}" : $"epoch {Epoch}: {Text(Members)}";

    private AcceptorSet After(ImmutableArray<AcceptorMember> members, long since) => IsJoint
        ? new AcceptorSet(members, [], Epoch + 1, since, [.. Ancestors, Id])
        : throw new InvalidOperationException($"The set [{this}] is not being changed.");

    private static ImmutableArray<AcceptorMember> Founders(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(static name => new AcceptorMember(name))];
    }

    private static string Text(ImmutableArray<AcceptorMember> members) => string.Join(", ", members.Select(static member => member.Name));

    /// <summary>The id, computed once: threads that compute it at the same time get the same.</summary>
    private sealed record ComputedId(AcceptorSetId Value);

    private ulong Fingerprint()
    {
        var members = IsFirst
            ? Members.Select(static member => member.Name)
            : Former.Select(static member => $"-{member.Name} {member.Incarnation:N}").Concat(Members.Select(static member => $"+{member.Name} {member.Incarnation:N}"));
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', members))));
    }
}

/// <summary>Identifies an <see cref="AcceptorSet"/> in messages. An acceptor refuses a message of another set (invariant I10).</summary>
/// <param name="Epoch">The set's epoch.</param>
/// <param name="Fingerprint">The first eight bytes of the SHA-256 of its acceptors: of a first set, the names in ordinal order, joined by line feeds.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptorSetId")]
public readonly record struct AcceptorSetId(
    [property: Id(0)] long Epoch,
    [property: Id(1)] ulong Fingerprint);
