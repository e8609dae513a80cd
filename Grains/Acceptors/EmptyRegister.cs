using System.Globalization;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>A register without a value of which an acceptor holds a record: it was deleted, has ended, or was only promised for.</summary>
/// <param name="Key">Its key in a list of them, which orders it by the time of its deletion.</param>
/// <param name="At">When it was deleted, by the clock of whoever deleted it; the earliest time there is if it was not, or has ended.</param>
/// <param name="Register">Its name.</param>
internal readonly record struct EmptyRegister(string Key, DateTimeOffset At, string Register)
{
    private const int DigitsOfTime = 16;

    /// <summary>Whether it was deleted and has not ended.</summary>
    public bool IsDeleted => At > DateTimeOffset.MinValue;

    /// <summary>The key of a register with this record; null if it has a value or a guard, which is kept, or if there is no record.</summary>
    public static string? KeyOf(string register, AcceptorRecord? record) => record is null or { State.Exists: true } or { State.Newest.Guard: not null }
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{record.State.Newest?.At.UtcTicks ?? 0:x16}/{register}");

    public static EmptyRegister Of(string key) => new(
        key,
        new DateTimeOffset(long.Parse(key.AsSpan(0, DigitsOfTime), NumberStyles.HexNumber, CultureInfo.InvariantCulture), TimeSpan.Zero),
        key[(DigitsOfTime + 1)..]);
}
