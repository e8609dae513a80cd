using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>Sessions and locks over registers.</summary>
internal sealed class PaxosCoordination(CoordinationParts parts) : ICoordination
{
    /// <summary>How many can hold a semaphore, or come to a barrier, at most.</summary>
    public const int MostHolders = 1024;

    public async Task<ISession> OpenSessionAsync(SessionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SessionOptions();
        options.Validate();
        return await Session.OpenAsync(parts, options, cancellationToken);
    }

    public IAsyncEnumerable<SessionInfo> ListSessionsAsync(CancellationToken cancellationToken = default) =>
        new SessionList(parts.Registers).ReadAsync(cancellationToken);

    public Task<bool> EndSessionAsync(Guid session, CancellationToken cancellationToken = default) => parts.Sessions.AskToEndAsync(session, cancellationToken);

    public ILock Lock(string name) => new PaxosLock(parts, Valid(name), LockKind.Lock, limit: 1);

    public IReaderWriterLock ReaderWriterLock(string name) => new PaxosLock(parts, Valid(name), LockKind.ReaderWriterLock, limit: 1);

    public ISemaphore Semaphore(string name, int limit) => new PaxosLock(parts, Valid(name), LockKind.Semaphore, Valid(limit));

    public IElection<T> Election<T>(string name) => new Election<T>(parts, Valid(name));

    public IBarrier Barrier(string name, int participants) => new Barrier(parts, Valid(name), Valid(participants));

    private static string Valid(string name)
    {
        RegisterName.Validate(name);
        RegisterName.Validate(ReservedNames.OfLock(name), mayBeReserved: true);
        return name;
    }

    private static int Valid(int limit, [CallerArgumentExpression(nameof(limit))] string? parameter = null) => limit is >= 1 and <= MostHolders
        ? limit
        : throw new ArgumentOutOfRangeException(parameter, limit, $"It takes 1 to {MostHolders}.");
}
