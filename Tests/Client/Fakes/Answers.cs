using System.Text;

namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>The answers of fake grains.</summary>
internal static class Answers
{
    /// <summary>A version of one cluster: whoever is asked, the same request wrote it.</summary>
    public static RegisterEntry Entry(long version, string value = "v", bool deleted = false) =>
        new(version, deleted ? [] : Encoding.UTF8.GetBytes(value), deleted, Guid.Parse($"{version:x32}"), DateTimeOffset.UnixEpoch);

    public static ImmutableArray<RegisterEntry> Entries(long first, long last)
    {
        var entries = ImmutableArray.CreateBuilder<RegisterEntry>();
        for (var version = first; version <= last; version++)
            entries.Add(Entry(version));
        return entries.ToImmutable();
    }

    public static ChangeOutcome Applied(long version) => new(ChangeStatus.Applied, Entry(version), version, version);

    public static ChangeOutcome Refused(long version) => new(ChangeStatus.VersionMismatch, Entry(version), version);

    public static ChangeOutcome Outdated(long version) => new(ChangeStatus.Outdated, Entry(version), version);

    public static ChangeOutcome BeyondWindow(long version) => new(ChangeStatus.BeyondWindow, Entry(version), version);

    public static QuorumUnavailableException NoMajority() => new(["a"], 2);

    public static OutcomeUnknownException NoOutcome() => new(Guid.Empty, 0, "half sent");

    /// <summary>An answer that never comes.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
