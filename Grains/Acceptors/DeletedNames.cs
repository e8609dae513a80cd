using System.Globalization;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>The deleted registers that an acceptor has not forgotten, in the order of their deletion. They are a list in its storage.</summary>
internal sealed class DeletedNames(IRegisterStorage registers, string acceptor)
{
    private readonly string _list = $"{acceptor}~deleted";

    /// <summary>How the list changes with a register's record.</summary>
    public IEnumerable<NameChange> Changes(string register, AcceptorRecord before, AcceptorRecord after)
    {
        var (was, now) = (KeyOf(register, before), KeyOf(register, after));
        if (was == now)
            yield break;
        if (was is not null)
            yield return new NameChange(_list, was, Leaves: true);
        if (now is not null)
            yield return new NameChange(_list, now);
    }

    /// <summary>Reads registers that were deleted until a time, those deleted first.</summary>
    /// <param name="after">The key of the last one read; empty for the first page.</param>
    /// <param name="until">The time.</param>
    /// <param name="count">How many to read at most.</param>
    public async Task<IReadOnlyList<DeletedName>> ReadAsync(string after, DateTimeOffset until, int count)
    {
        var keys = await registers.ReadNamesAsync(_list, after, count + 1);
        return [.. keys.Where(key => key != after).Take(count).Select(DeletedName.Of).TakeWhile(name => name.At <= until)];
    }

    /// <summary>Those that have ended come first.</summary>
    private static string? KeyOf(string register, AcceptorRecord record) => record switch
    {
        { Accepted.IsNone: true } or { State.Exists: true } => null,
        _ => string.Create(CultureInfo.InvariantCulture, $"{record.State.Newest?.At.UtcTicks ?? 0:x16}/{register}"),
    };
}

/// <summary>A register that was deleted.</summary>
/// <param name="Key">Its key in the list.</param>
/// <param name="At">When it was deleted, by the clock of whoever deleted it; the earliest time there is if it has ended.</param>
/// <param name="Register">Its name.</param>
internal readonly record struct DeletedName(string Key, DateTimeOffset At, string Register)
{
    private const int DigitsOfTime = 16;

    public static DeletedName Of(string key) => new(
        key,
        new DateTimeOffset(long.Parse(key.AsSpan(0, DigitsOfTime), NumberStyles.HexNumber, CultureInfo.InvariantCulture), TimeSpan.Zero),
        key[(DigitsOfTime + 1)..]);
}
