using System.Text;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Registers in which another client changes one register, or one fails, between the read and the write of an import.</summary>
internal sealed class RacingRegisters(IRegisterClient inner, string name, string theirs) : IRegisterClient, IConnection
{
    public Exception? Failure { get; init; }

    public IRegisterClient Registers => this;

    public IBackupClient Backups => throw new NotSupportedException();

    public IAcceptorSetConnection Acceptors => throw new NotSupportedException();

    public ILockConnection Locks => throw new NotSupportedException();

    public async Task<ChangeOutcome> ChangeAsync(string register, Change change, ChangeOptions? options, CancellationToken cancellationToken)
    {
        if (register == name && Failure is { } failure)
            throw failure;
        if (register == name)
            await inner.ChangeAsync(name, Change.Set(Encoding.UTF8.GetBytes(theirs)), cancellationToken: cancellationToken);
        return await inner.ChangeAsync(register, change, options, cancellationToken);
    }

    public Task<RegisterEntry?> ReadAsync(string register, ReadConsistency consistency, CancellationToken cancellationToken) =>
        inner.ReadAsync(register, consistency, cancellationToken);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<WatchBatch> WatchAsync(string register, WatchPoint after, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix, string cursor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<NamePage> ListPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken) =>
        inner.ListPageAsync(prefix, after, limit, cancellationToken);

    public Task<EntryPage> ListEntriesPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ILockConnection IConnection.Locks => throw new NotSupportedException();

    Task<StatusReport> IConnection.StatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<IConnection> ConnectAsync(ConnectionTarget target, Action<string> notice, CancellationToken cancellationToken) =>
        Task.FromResult<IConnection>(this);
}
