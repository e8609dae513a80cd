namespace Orleans.Paxos.Verification.Simulation;

/// <summary>Formats messages and answers for a trace, one line each.</summary>
internal static class MessageText
{
    public static string Of(object? message) => message switch
    {
        null => "nothing",
        Batch<PrepareRequest> batch => Of(batch),
        Batch<AcceptRequest> batch => Of(batch),
        Batch<ReadRequest> batch => Of(batch),
        Batch<PrepareReply?> batch => Of(batch),
        Batch<AcceptReply?> batch => Of(batch),
        Batch<ReadReply?> batch => Of(batch),
        PrepareRequest prepare => $"prepare {prepare.Register} {prepare.Ballot}",
        AcceptRequest accept => $"accept {accept.Register} {accept.Ballot} {Of(accept.State)} next {accept.Next}",
        ReadRequest read => $"read {read.Register}{(read.WithState ? " with state" : "")}",
        HistoryRequest history => $"history {history.Register} from {history.FirstVersion}",
        CoverRequest cover => $"cover {string.Join(' ', cover.Ended.Select(each => $"{each.Register} {each.Ballot} v{each.Version}"))}",
        CoverReply covers => $"covers {string.Join(' ', covers.Covers)}",
        IntroduceRequest introduce => $"introduce {introduce.Acceptor} {introduce.Incarnation:N}",
        PrepareReply { Granted: true } promise => $"promised, accepted {promise.Accepted} {Of(promise.State)}",
        PrepareReply promise => $"refused, promised {promise.Promised}",
        AcceptReply { Accepted: true } accepted => $"accepted, promised {accepted.Promised}",
        AcceptReply accepted => $"refused, promised {accepted.Promised}",
        ReadReply read => $"holds {read.Accepted} {Of(read.State)}",
        ChangeRequest change => $"{change.Change.Kind} {Id(change.RequestId)} floor {change.Floor}",
        ChangeOutcome outcome => $"{outcome.Status} at version {outcome.Version}",
        RegisterEntry entry => $"version {entry.Version} by {Id(entry.RequestId)}",
        PrefixBatch batch => $"{(batch.Begins ? "current entries: " : "changes: ")}{string.Join(' ', batch.Events.Select(Of))} cursor {(PrefixCursor.TryParse(batch.Cursor, out var cursor) ? Of(cursor) : "none")}",
        FeedRequest request => $"feed {request.Feed:N} after {request.After}",
        FeedReply reply => $"feed {reply.Feed:N} through {reply.Through}{(reply.HasGap ? " GAP" : "")}: {string.Join(' ', reply.Items.Select(item => $"{item.Register} {item.Ballot} above {item.Above}"))}",
        WatchBatch batch => $"versions {string.Join(',', batch.Entries.Select(entry => entry.Version))} compacted {batch.CompactedThrough}",
        ImmutableArray<RegisterEntry> history => $"versions {string.Join(',', history.Select(entry => entry.Version))}",
        _ => message.ToString() ?? "",
    };

    private static string Of<T>(Batch<T> batch) => string.Join("; ", batch.Items.Select(item => Of((object?)item)));

    private static string Of(RegisterState? state) => state is null ? "" : $"v{state.Version} by {(state.Newest is { } newest ? Id(newest.RequestId) : "none")}{(state.Origin == default ? "" : $" above {state.Origin.Version} forgotten {state.Origin.Forgotten}")}";

    private static string Id(Guid id) => id.ToString("N")[..6];

    private static string Of(PrefixEvent changed) =>
        $"{changed.Name} {string.Join(',', changed.Versions.Entries.Select(entry => entry.Version))}{(changed.Versions.CompactedThrough > 0 ? $" compacted {changed.Versions.CompactedThrough}" : "")};";

    private static string Of(PrefixCursor cursor) => $"{cursor.Log:N} {cursor.Seq} [{string.Join(' ', cursor.Marks.Select(mark => mark.Feed == Guid.Empty ? "-" : $"{mark.Feed:N} {mark.Through}"))}]";
}
