using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The words for kinds of locks.</summary>
internal static class LockKindWord
{
    private const string Lock = "lock";
    private const string Semaphore = "semaphore";
    private const string Read = "read";
    private const string Write = "write";

    /// <summary>What a request wants of a lock: its parameters <c>kind</c> and <c>limit</c>.</summary>
    /// <exception cref="ProblemException">A parameter is not valid.</exception>
    public static Func<ForeignSession, Bid> Bid(Query query)
    {
        var limit = (int)query.Number("limit", fallback: 0, 1, PaxosCoordination.MostHolders);
        var kind = query.Text("kind");
        if (kind == Semaphore == (limit == 0))
            throw new ProblemException(Problems.BadQuery(
                kind == Semaphore ? $"A semaphore takes the parameter 'limit': how many can hold it, 1 to {PaxosCoordination.MostHolders}." : "The parameter 'limit' is for kind=semaphore only."));
        return kind switch
        {
            "" or Lock => session => new Bid(LockKind.Lock, 1, session.Id, session.Owner),
            Semaphore => session => new Bid(LockKind.Semaphore, limit, session.Id, session.Owner),
            Read => session => new Bid(LockKind.ReaderWriterLock, 1, session.Id, session.Owner, IsShared: true),
            Write => session => new Bid(LockKind.ReaderWriterLock, 1, session.Id, session.Owner),
            _ => throw new ProblemException(Problems.BadQuery($"The parameter 'kind' takes {Lock} (the default), {Semaphore}, {Read} or {Write}.")),
        };
    }

    /// <summary>The word for what a session holds.</summary>
    public static string Of(LockValue value, Holder holder) => value.Kind switch
    {
        LockKind.ReaderWriterLock => holder.IsShared ? Read : Write,
        var kind => Of(kind),
    };

    /// <summary>The word for what a lock is used as.</summary>
    public static string Of(LockKind kind) => kind switch
    {
        LockKind.Semaphore => Semaphore,
        LockKind.ReaderWriterLock => "readerWriterLock",
        LockKind.Election => "election",
        LockKind.Barrier => "barrier",
        _ => Lock,
    };
}
