using System.Text;

namespace Orleans.Paxos.Tests.World;

/// <summary>Short forms of requests for tests.</summary>
internal static class Requests
{
    public static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static ChangeRequest New(Change change, long floor = 0) =>
        new(UniqueId.New(), change, At, floor);

    public static ChangeRequest Set(string value, long floor = 0) => New(Change.Set(Bytes(value)), floor);

    public static ChangeRequest CompareAndSet(string value, long expected, long floor = 0) =>
        New(Change.CompareAndSet(Bytes(value), expected), floor);

    public static ChangeRequest Decide(string value, long floor = 0) => New(Change.Decide(Bytes(value)), floor);

    public static byte[] Bytes(string value) => Encoding.UTF8.GetBytes(value);

    public static string Text(this RegisterEntry? entry) =>
        entry is null ? "(none)" : entry.Deleted ? "(deleted)" : Encoding.UTF8.GetString(entry.Value);
}
