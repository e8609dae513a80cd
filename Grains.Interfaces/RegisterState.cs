using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Orleans.Paxos;

/// <summary>What acceptors accept: the newest entry, and what is needed of the entries before it to judge later requests.</summary>
/// <remarks>
/// The values of older entries are not part of the state; acceptors keep them separately (docs/protocol.md, "History").
/// </remarks>
/// <param name="Window">The newest versions without their values, oldest first; the last item is that of <see cref="Version"/>.</param>
/// <param name="Entries">The newest entries, oldest first: all that are not known to be chosen by an earlier ballot, and always the
/// newest one.</param>
/// <param name="Origin">What may have been before the first version, if a name was forgotten.</param>
[Immutable, Alias("Orleans.Paxos.RegisterState")]
public sealed record RegisterState(ImmutableArray<WindowItem> Window, ImmutableArray<RegisterEntry> Entries, RegisterOrigin Origin = default)
{
    /// <summary>The state of a register that was never written, in a bucket of names of which none was forgotten.</summary>
    public static RegisterState Empty { get; } = new([], []);

    /// <summary>The newest entry; null when the register was never written, or was forgotten.</summary>
    public RegisterEntry? Newest => Entries.IsEmpty ? null : Entries[^1];

    /// <summary>The newest version; 0 when the register was never written, or was forgotten.</summary>
    public long Version => Newest?.Version ?? 0;

    /// <summary>The version of the first item of <see cref="Window"/>; 1 when the window is empty.</summary>
    public long WindowStart => Version - Window.Length + 1;

    /// <summary>The last version whose request is no longer remembered.</summary>
    public long ForgottenThrough => Window.IsEmpty || WindowStart == Origin.Version + 1 ? Origin.Forgotten : WindowStart - 1;

    /// <summary>Whether the register has a value: it was written and not deleted since.</summary>
    public bool Exists => Newest is { Deleted: false };
}

/// <summary>What a register begins above, because it, or another name of its bucket, was forgotten (docs/protocol.md, "Forgetting").</summary>
/// <param name="Version">Its first version is the one after this; 0 if nothing was forgotten.</param>
/// <param name="Forgotten">Requests that may have written a version up to this one are no longer known; at most <paramref name="Version"/>.</param>
public readonly record struct RegisterOrigin(long Version, long Forgotten);

/// <summary>One version in the window of a register's state.</summary>
/// <param name="RequestId">The id of the request that wrote the version.</param>
/// <param name="ValueBytes">The size of the version's value, in bytes.</param>
/// <param name="Deleted">Whether the version is a tombstone.</param>
/// <param name="ValueHash">The XXH32 hash of the version's value; 0 when it is not known, because an earlier version of this library wrote the item.</param>
/// <param name="IsCounter">Whether the version's value is a <see cref="CounterValue"/>; false when it is not known.</param>
/// <param name="GuardHash">The XXH32 hash of the version's guard; 0 for none. A request does not determine the guard: the version before it may.</param>
public readonly record struct WindowItem(Guid RequestId, int ValueBytes, bool Deleted, uint ValueHash, bool IsCounter = false, uint GuardHash = 0)
{
    /// <summary>Creates the window item of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Its item.</returns>
    public static WindowItem Of(RegisterEntry entry) =>
        new(entry.RequestId, entry.Value.Length, entry.Deleted, HashOf(entry.Value), CounterValue.Parse(entry.Value) is not null, HashOf(entry.Guard));

    /// <summary>Whether this is the item of an entry, as far as the item tells.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>False if the entry is another one.</returns>
    public bool IsOf(RegisterEntry entry) => RequestId == entry.RequestId && Holds(entry.Value, entry.Deleted) && GuardHash == HashOf(entry.Guard);

    /// <summary>Whether the version has this value, as far as the item tells.</summary>
    /// <param name="value">The value; empty for a tombstone.</param>
    /// <param name="deleted">Whether it is a tombstone.</param>
    /// <returns>False if the version is another one.</returns>
    public bool Holds(ReadOnlySpan<byte> value, bool deleted) =>
        Deleted == deleted && ValueBytes == value.Length && (ValueHash == 0 || ValueHash == HashOf(value));

    private static uint HashOf(ReadOnlySpan<byte> value) => Math.Max(1, XxHash32.HashToUInt32(value));

    private static uint HashOf(Fence? guard) => guard is null ? 0 : HashOf(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{guard.Lock}; {guard.Token}")));
}
