using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Paxos;

/// <summary>
/// The acceptors that form the quorum system, and their epoch. Two sets are equal when their epochs and names are equal.
/// </summary>
/// <remarks>
/// A majority is more than half of the acceptors, so a set of 2f+1 acceptors tolerates the loss of f of them (Lamport, "Paxos Made
/// Simple", section 2.2). An even number tolerates no more losses than the odd number below it.
/// </remarks>
public sealed class AcceptorSet
{
    /// <summary>The largest number of acceptors in a set.</summary>
    public const int MaxAcceptors = 15;

    /// <summary>Creates a set.</summary>
    /// <param name="names">The acceptors' names, 1 to <see cref="MaxAcceptors"/> without duplicates. Each is the name of the silo that
    /// the acceptor is pinned to.</param>
    /// <param name="epoch">1 for the first set; a set that replaces another has a higher epoch.</param>
    /// <exception cref="ArgumentException">A name is empty or appears twice, or the number of names is out of range.</exception>
    public AcceptorSet(IEnumerable<string> names, long epoch = 1)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        Names = [.. names.Order(StringComparer.Ordinal)];
        Epoch = epoch;
        if (Names.Length is 0 or > MaxAcceptors)
            throw new ArgumentException($"An acceptor set has 1 to {MaxAcceptors} acceptors, not {Names.Length}.", nameof(names));
        if (Names.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("An acceptor's name is empty.", nameof(names));
        if (Names.Distinct(StringComparer.Ordinal).Count() != Names.Length)
            throw new ArgumentException($"An acceptor appears twice in the set {string.Join(", ", Names)}.", nameof(names));
        Id = new AcceptorSetId(epoch, Fingerprint(Names));
    }

    /// <summary>The acceptors' names in ordinal order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The epoch, which orders the sets that replace each other.</summary>
    public long Epoch { get; }

    /// <summary>Identifies this set in every message.</summary>
    public AcceptorSetId Id { get; }

    /// <summary>How many acceptors make a majority.</summary>
    public int Majority => (Names.Length / 2) + 1;

    /// <inheritdoc/>
    public override string ToString() => $"epoch {Epoch}: {string.Join(", ", Names)}";

    private static ulong Fingerprint(ImmutableArray<string> names)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', names));
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(text));
    }
}

/// <summary>Identifies an <see cref="AcceptorSet"/> in messages. An acceptor refuses a message of another set (invariant I10).</summary>
/// <param name="Epoch">The set's epoch.</param>
/// <param name="Fingerprint">The first eight bytes of the SHA-256 of the names in ordinal order, joined by line feeds.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptorSetId")]
public readonly record struct AcceptorSetId(
    [property: Id(0)] long Epoch,
    [property: Id(1)] ulong Fingerprint);
