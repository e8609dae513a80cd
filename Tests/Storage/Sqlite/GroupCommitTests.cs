using Orleans.Paxos.Storage.Sqlite;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyDisk _disk = new();
    private readonly SqliteGrainStorage _storage;

    public GroupCommitTests() => _storage = SqliteStorages.Open(_directory.Path, _disk);

    private SqliteWriter Writer => _storage.Store.Writer;

    public void Dispose()
    {
        _storage.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Writes_that_are_queued_while_a_commit_runs_share_the_next_one()
    {
        using var gate = new ManualResetEventSlim();
        var first = HoldNextCommit(gate, out var committing);
        await committing;
        var queued = Enumerable.Range(0, 1000).Select(i => _storage.WriteAsync($"record-{i}", [1])).ToList();
        gate.Set();
        await first;
        await Task.WhenAll(queued);

        Assert.Equal(2, Writer.Commits);
    }

    [Fact]
    public async Task No_write_is_acknowledged_before_its_commit_has_returned()
    {
        using var gate = new ManualResetEventSlim();
        var first = HoldNextCommit(gate, out var committing);
        await committing;
        Assert.False(first.IsCompleted);
        Assert.Null(await _storage.ReadAsync("held"));

        gate.Set();
        await first;
        Assert.Equal([1], await _storage.ReadAsync("held"));
    }

    [Fact]
    public async Task A_refusal_waits_for_the_commit_too_because_what_refuses_it_may_not_be_durable()
    {
        using var gate = new ManualResetEventSlim();
        var held = HoldNextCommit(gate, out var committing);
        await committing;
        var winner = _storage.WriteAsync("contested", [1]);
        var loser = _storage.WriteAsync("contested", [2]);
        _disk.OnCommit = commit =>
        {
            commit();
            Assert.False(winner.IsCompleted);
            Assert.False(loser.IsCompleted);
        };
        gate.Set();
        await held;

        var etag = await winner;
        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => loser);
        Assert.Equal(etag, refusal.StoredEtag);
        Assert.Null(refusal.CurrentEtag);
        Assert.Equal(2, Writer.Commits);
        Assert.Equal([1], await _storage.ReadAsync("contested"));
    }

    [Fact]
    public async Task A_transaction_that_fails_before_its_commit_fails_all_its_writes_and_the_storage_goes_on()
    {
        using var gate = new ManualResetEventSlim();
        var held = HoldNextCommit(gate, out var committing);
        await committing;
        var good = _storage.WriteAsync("good", [1]);
        var impossible = Writer.WriteAsync([new("key"u8.ToArray(), etag: null, data: [1], new RegisterAddition([], 1, Entries: default))]);
        gate.Set();
        await held;

        Assert.Contains("nothing of it was written", (await Assert.ThrowsAsync<SqliteStorageException>(() => good)).Message);
        await Assert.ThrowsAsync<SqliteStorageException>(() => impossible);
        Assert.Null(await _storage.ReadAsync("good"));

        await _storage.WriteAsync("good", [2]);
        Assert.Equal([2], await _storage.ReadAsync("good"));
    }

    [Fact]
    public async Task A_record_that_is_too_large_or_has_no_valid_name_is_refused_by_itself()
    {
        using var directory = new TemporaryDirectory();
        using var storage = SqliteStorages.Open(directory.Path, maximumRecordBytes: 4);
        var writes = new[] { Write("small", 4, "a"), Write("large", 5, "b"), Write("unnamed", 1, "\uD83C"), Write("last", 1, "c") };
        await storage.CommitAsync(writes);
        Assert.Equal([false, true, true, false], writes.Select(write => write.Refusal is ArgumentException));
        Assert.Contains("has 5 bytes", writes[1].Refusal!.Message);
        Assert.Equal(["a", "c"], await storage.ReadNamesAsync("list", "", 10));

        await storage.CommitAsync([Write("large", 5, "b")]); // with nothing left to write
        Assert.Null(await storage.ReadAsync("large"));

        static RegisterWrite Write(string key, int bytes, string name) => new(
            "state", SqliteStorages.Grain(key), new GrainState<StoredRecord>(new() { Bytes = new byte[bytes] }), new RegisterAddition([new NameChange("list", name)], 1, []));
    }

    /// <summary>Starts a write of the record "held" whose commit waits for the gate.</summary>
    private Task<string> HoldNextCommit(ManualResetEventSlim gate, out Task committing)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _disk.OnCommit = commit =>
        {
            reached.TrySetResult();
            gate.Wait();
            commit();
        };
        committing = reached.Task;
        return _storage.WriteAsync("held", [1]);
    }
}
