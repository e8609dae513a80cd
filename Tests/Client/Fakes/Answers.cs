using System.Text;

namespace Orleans.Paxos.Tests.Client;

/// <summary>What fake grains answer.</summary>
internal static class Answers
{
    public static RegisterEntry Entry(long version, string value = "v", bool deleted = false) =>
        new(version, deleted ? [] : Encoding.UTF8.GetBytes(value), deleted, UniqueId.New(), DateTimeOffset.UnixEpoch);

    public static ImmutableArray<RegisterEntry> Entries(long first, long last)
    {
        var entries = ImmutableArray.CreateBuilder<RegisterEntry>();
        for (var version = first; version <= last; version++)
            entries.Add(Entry(version));
        return entries.ToImmutable();
    }

    public static ChangeOutcome Applied(long version) => new(ChangeStatus.Applied, Entry(version), version);

    public static ChangeOutcome Refused(long version) => new(ChangeStatus.VersionMismatch, Entry(version), version);

    public static ChangeOutcome Outdated(long version) => new(ChangeStatus.Outdated, Entry(version), version);

    public static ChangeOutcome BeyondWindow(long version) => new(ChangeStatus.BeyondWindow, Entry(version), version);

    public static ProposeResult Decided(ChangeOutcome outcome) => new(ProposeStatus.Decided, [outcome], Chosen: null, Next: null, ["a", "b"]);

    public static ProposeResult Unavailable() => new(ProposeStatus.Unavailable, [], Chosen: null, Next: null, ["a"]) { Needed = 2 };

    public static ProposeResult Unknown() => new(ProposeStatus.Unknown, [], Chosen: null, Next: null, ["a"]);

    public static QuorumUnavailableException NoMajority() => new(["a"], 2);

    /// <summary>An answer that never comes.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
