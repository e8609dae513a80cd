using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Tests.World;
using SQLitePCL;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>The cost of an acceptor's writes on SQLite, counted: commits, and the pages and bytes of a commit of many writes.</summary>
public sealed class WriteShapeTests : IDisposable
{
    private const int Registers = 1000;
    private const int WritersAtOnce = 256;

    private static readonly AcceptorSet Set = new(["a1"], 1);

    private readonly TemporaryDirectory _directory = new();
    private readonly BallotSource _ballots = new(UniqueId.New);
    private readonly TurnScheduler _turns = new();
    private readonly FaultyDisk _disk = new();
    private string? _held;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_first_accept_of_a_register_is_one_commit_with_its_name_and_so_is_every_later_one()
    {
        using var storage = SqliteStorages.Open(_directory.Path);
        var acceptor = NewAcceptor(storage, new PaxosOptions());
        await _turns.RunAsync(() => acceptor.StatusAsync("a1"));
        var register = new Written("app/r");
        for (var version = 1; version <= 60; version++)
        {
            var commits = storage.Store.Writer.Commits;
            await AcceptAsync(acceptor, register);
            Assert.Equal(1, storage.Store.Writer.Commits - commits);
            Assert.Equal(["app/r"], await storage.ReadNamesAsync("a1", "", 10));
        }

        Assert.Equal(16, (await _turns.RunAsync(() => acceptor.HistoryAsync(new HistoryRequest(Set.Id, "app/r", 1)))).Entries.Count(entry => entry.Version > 44));
        Assert.Equal(2L, Query("SELECT count(*) FROM records"));
    }

    [Fact]
    public async Task A_full_history_costs_at_most_a_quarter_more_pages_and_bytes_than_none()
    {
        var none = await PagesOfAWriteAsync(historyEntries: 1);
        var full = await PagesOfAWriteAsync(historyEntries: 16);
        TestContext.Current.TestOutputHelper?.WriteLine($"Pages of a write: {none:0.000} without a history, {full:0.000} with 16 entries.");
        Assert.InRange(full / none, 1, 1.25);
    }

    /// <summary>Counts the pages per write that a commit of many registers' writes adds to the write-ahead log. The log's size in bytes follows from it.</summary>
    private async Task<double> PagesOfAWriteAsync(int historyEntries)
    {
        using var directory = new TemporaryDirectory();
        _disk.OnCommit = commit => commit();
        using var storage = SqliteStorages.Open(directory.Path, new SqliteStoreSettings { Disk = _disk, PagesBetweenCheckpoints = int.MaxValue });
        _held = null;
        var acceptor = NewAcceptor(storage, new PaxosOptions { HistoryEntries = historyEntries });
        await _turns.RunAsync(() => acceptor.StatusAsync("a1"));
        var registers = Enumerable.Range(0, Registers).Select(number => new Written($"bench/registers/{number:000000000000000}")).ToArray();
        for (var version = 0; version < 26; version++)
        {
            foreach (var batch in registers.Chunk(WritersAtOnce))
                await InOneCommitAsync(storage, batch.Select(register => (Func<Task>)(() => AcceptAsync(acceptor, register))));
        }

        var random = new Random(1);
        var before = Pages(storage);
        const int Commits = 100;
        for (var commit = 0; commit < Commits; commit++)
        {
            var batch = random.GetItems(registers, WritersAtOnce * 2).Distinct().Take(WritersAtOnce);
            await InOneCommitAsync(storage, batch.Select(register => (Func<Task>)(() => AcceptAsync(acceptor, register))));
        }

        return (double)(Pages(storage) - before) / (Commits * WritersAtOnce);
    }

    /// <summary>Holds the commit of the first write until all others wait, so that the number of writes per commit does not depend on time.</summary>
    private async Task InOneCommitAsync(SqliteGrainStorage storage, IEnumerable<Func<Task>> writes)
    {
        var writer = storage.Store.Writer;
        using var gate = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _disk.OnCommit = commit =>
        {
            reached.TrySetResult();
            gate.Wait();
            commit();
        };
        var held = storage.WriteAsync("held", [1], _held);
        await reached.Task;
        var waiting = writes.Select(write => write()).ToList();
        while (writer.Queued < waiting.Count)
            await Task.Yield();
        gate.Set();
        _held = await held;
        await Task.WhenAll(waiting);
    }

    private static int Pages(SqliteGrainStorage storage)
    {
        raw.sqlite3_db_status(storage.Store.Writer.Connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0);
        return pages;
    }

    private static Acceptor NewAcceptor(SqliteGrainStorage storage, PaxosOptions options)
    {
        options.Acceptors = [.. Set.Names];
        var peers = new AcceptorPeers(Set, _ => null!, options.AcceptorTimeout, TimeProvider.System);
        return new(new AcceptorStorage(storage, "a1", UniqueId.New), peers, options, static _ => Task.CompletedTask, new MissedWrites(TimeProvider.System), NullLogger<Acceptor>.Instance);
    }

    /// <summary>The message of a proposer that holds a prepared round.</summary>
    private async Task AcceptAsync(Acceptor acceptor, Written register)
    {
        var draft = new StateDraft(register.State);
        draft.Append(Requests.New(Change.Set(new byte[256])));
        register.State = draft.ToState(basisChosen: true, new HistoryLimits(16, 512 * 1024));
        var request = new AcceptRequest(Set.Id, register.Name, _ballots.Next(Ballot.None), register.State, Ballot.None);
        var reply = await _turns.RunAsync(() => acceptor.AcceptAsync(request));
        Assert.True(reply.Accepted);
    }

    private object? Query(string text)
    {
        using var connection = SqliteFile.OpenReader(_directory["records.db"]);
        return connection.Query(text);
    }

    private sealed class Written(string name)
    {
        public string Name => name;

        public RegisterState State { get; set; } = RegisterState.Empty;
    }
}
