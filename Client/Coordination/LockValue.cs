using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>What a lock is used as.</summary>
internal enum LockKind
{
    Lock,
    Election,
    Semaphore,
    ReaderWriterLock,
    Barrier,
}

/// <summary>What is wanted of a lock.</summary>
/// <param name="Kind">What it is used as.</param>
/// <param name="Limit">How many can hold it, or come to the barrier.</param>
/// <param name="Session">The session that is to hold it.</param>
/// <param name="Owner">The session's owner text.</param>
/// <param name="IsShared">Whether it is to be held for reading.</param>
/// <param name="Proclaimed">What a leader proclaims; null for others.</param>
internal sealed record Bid(LockKind Kind, int Limit, Guid Session, string Owner, bool IsShared = false, byte[]? Proclaimed = null);

/// <summary>Who holds a lock.</summary>
/// <param name="Session">The session.</param>
/// <param name="Owner">The session's owner text.</param>
/// <param name="IsShared">Whether it is held for reading.</param>
/// <param name="Proclaimed">What a leader proclaims; null for others.</param>
/// <param name="Token">The version that took the lock; 0 in that version itself, which does not know its number.</param>
internal sealed record Holder(Guid Session, string Owner, bool IsShared, byte[]? Proclaimed, long Token = 0)
{
    /// <summary>What everyone can see of it.</summary>
    public HolderInfo ToInfo() => new(Session, Owner, Token, IsShared);
}

/// <summary>The value of a lock's register, and the rules of all kinds of locks. Pure. Nobody holds a lock without a value.</summary>
/// <param name="Kind">What it is used as.</param>
/// <param name="Limit">How many can hold it.</param>
/// <param name="Holders">Who holds it, in the order of their acquisition.</param>
/// <param name="IsOpen">Whether all participants of a barrier have come, and not all have left.</param>
internal sealed record LockValue(LockKind Kind, int Limit, ImmutableArray<Holder> Holders, bool IsOpen = false)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<LockKind>(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>The value of a lock that nobody holds.</summary>
    public static LockValue Free { get; } = new(LockKind.Lock, 1, []);

    /// <summary>Reads the value of an entry, with the token of each holder.</summary>
    public static LockValue Of(RegisterEntry? entry)
    {
        if (entry is null or { Deleted: true })
            return Free;
        if (entry.Value.Length == 0)
            return Free;
        var value = JsonSerializer.Deserialize<LockValue>(entry.Value, Json)!;
        return value.Holders.IsDefault
            ? value with { Holders = [] }
            : value with { Holders = [.. value.Holders.Select(holder => holder.Token == 0 ? holder with { Token = entry.Version } : holder)] };
    }

    /// <summary>The change that writes this value: none is written for a lock that nobody holds.</summary>
    public Change ToChange() => Holders.IsEmpty ? Change.Delete() : Change.Set(JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>The holder of a session; null if it does not hold the lock.</summary>
    public Holder? HolderOf(Guid session) => Holders.FirstOrDefault(holder => holder.Session == session);

    /// <summary>Says why a bid does not fit what the lock is used as at the moment; null if it fits.</summary>
    public (string Found, string Wanted)? Misfit(Bid bid)
    {
        if (Holders.IsEmpty)
            return null;
        if (Kind != bid.Kind || Limit != bid.Limit)
            return (Name(Kind, Limit), Name(bid.Kind, bid.Limit));
        return HolderOf(bid.Session) is { IsShared: true } && !bid.IsShared ? ("held by the same session for reading", "held for writing") : null;
    }

    /// <summary>The value after a bid was granted; null if the bid has to wait.</summary>
    public LockValue? With(Bid bid)
    {
        var isFirst = Holders.IsEmpty;
        var isGranted = isFirst || (bid.Kind switch
        {
            LockKind.Semaphore => Holders.Length < Limit,
            LockKind.ReaderWriterLock => bid.IsShared && Holders.All(static holder => holder.IsShared),
            LockKind.Barrier => !IsOpen,
            _ => false,
        });
        if (!isGranted)
            return null;
        var holders = Holders.Add(new Holder(bid.Session, bid.Owner, bid.IsShared, bid.Proclaimed));
        return new LockValue(bid.Kind, bid.Limit, holders, IsOpen: bid.Kind == LockKind.Barrier && holders.Length >= bid.Limit);
    }

    /// <summary>The value without some sessions.</summary>
    public LockValue Without(Func<Guid, bool> isGone) => this with { Holders = Holders.RemoveAll(holder => isGone(holder.Session)) };

    /// <summary>The value after a leader has proclaimed something else.</summary>
    public LockValue Proclaiming(Guid session, byte[] value) =>
        this with { Holders = [.. Holders.Select(holder => holder.Session == session ? holder with { Proclaimed = value } : holder)] };

    private static string Name(LockKind kind, int limit) => kind switch
    {
        LockKind.Election => "an election",
        LockKind.Semaphore => $"a semaphore of {limit}",
        LockKind.ReaderWriterLock => "a reader-writer lock",
        LockKind.Barrier => $"a barrier of {limit}",
        _ => "a lock",
    };
}
