using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Numbers answers of which it does not matter whose they are, because any acceptors of a set that is not changed are as good as others.</summary>
internal static class VoteExtensions
{
    /// <summary>Numbers answers, each of another acceptor.</summary>
    public static IReadOnlyList<Vote<T>> Numbered<T>(this IEnumerable<T> replies) => [.. replies.Select(static (reply, number) => new Vote<T>(number, reply))];
}
