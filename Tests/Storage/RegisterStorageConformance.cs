using Orleans.Paxos.Storage;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Tests.Storage.Sqlite;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Simulation.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>What this library requires of storage that writes a register with its history and its name in one commit.</summary>
public abstract class RegisterStorageConformance : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("conformance", "register");

    protected IGrainStorage Storage { get; private set; } = null!;

    private IRegisterStorage Registers =>
        ((IAcceptorGrainStorage)Storage).Registers ?? throw new InvalidOperationException("The storage has no registers.");

    public async ValueTask InitializeAsync() => Storage = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_record_its_entries_and_its_name_are_there_together()
    {
        var state = await WriteAsync("second", null, new([new("list", "app/r")], 1, [new(1, [1, 1]), new(2, [])]));
        await ReopenAsync();
        var read = new GrainState<StoredRecord>(new());
        await Storage.ReadStateAsync("register", Grain, read);
        Assert.Equal("second"u8.ToArray(), read.State!.Bytes);
        Assert.Equal(state.ETag, read.ETag);
        Assert.Equal([(1, "0101"), (2, "")], await EntriesAsync(0));
        Assert.Equal(["app/r"], await Registers.ReadNamesAsync("list", "", 10));
    }

    [Fact]
    public async Task A_refused_write_adds_nothing()
    {
        var state = await WriteAsync("first", null, new([new("list", "one")], 1, [new(1, [1])]));
        var stale = state.ETag;
        await WriteAsync("second", stale, new([new("list", "two")], 1, [new(2, [2])]));
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync("late", stale, new([new("list", "three")], 3, [new(3, [3])])));
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync("late", null, new([new("list", "three")], 3, [new(3, [3])])));
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync("late", null, new([new("list", "three")], 3, [])));
        Assert.Equal([(1, "01"), (2, "02")], await EntriesAsync(0));
        Assert.Equal(["one", "two"], await Registers.ReadNamesAsync("list", "", 10));
    }

    [Fact]
    public async Task A_record_that_a_commit_refuses_does_not_keep_the_others_from_being_written()
    {
        var stale = (await WriteAsync("first", null, new([new("list", "one")], 1, []))).ETag;
        await WriteAsync("second", stale, new([new("list", "two")], 1, [new(1, [1])]));
        var refused = Write("register", "late", stale, new([new("list", "three")], 2, [new(2, [2])]));
        var (before, after) = (Write("before", "a", null, new([new("list", "before")], 1, [])), Write("after", "b", null, addition: null));
        await Registers.CommitAsync([before, refused, after]);
        Assert.IsType<InconsistentStateException>(refused.Refusal);
        Assert.Equal((null, null), (before.Refusal, after.Refusal));
        await ReopenAsync();
        Assert.Equal(("second", "a", "b"), (await ReadAsync("register"), await ReadAsync("before"), await ReadAsync("after")));
        Assert.Equal([(1, "01")], await EntriesAsync(0));
        Assert.Equal(["before", "one", "two"], await Registers.ReadNamesAsync("list", "", 10));

        // Each that was written has its new ETag, and goes on with it.
        after.Record.State!.Bytes = "c"u8.ToArray();
        await Registers.CommitAsync([after]);
        Assert.Equal((null, "c"), (after.Refusal, await ReadAsync("after")));
    }

    [Fact]
    public async Task Entries_older_than_the_first_version_go_when_others_come()
    {
        string? etag = null;
        for (var version = 1; version <= 20; version++)
            etag = (await WriteAsync("r", etag, new([], version - 3, [new(version, [(byte)version])]))).ETag;
        Assert.Equal([(17, "11"), (18, "12"), (19, "13"), (20, "14")], await EntriesAsync(0));
        Assert.Equal([(19, "13"), (20, "14")], await EntriesAsync(19));
    }

    [Fact]
    public async Task An_entry_replaces_one_of_the_same_version_and_versions_come_in_order()
    {
        var state = await WriteAsync("r", null, new([], 1, [new(5, [1]), new(7, [2])]));
        await WriteAsync("r", state.ETag, new([], 1, [new(6, [3]), new(7, [4]), new(3, [5])]));
        Assert.Equal([(3, "05"), (5, "01"), (6, "03"), (7, "04")], await EntriesAsync(0));
    }

    [Fact]
    public async Task A_plain_write_leaves_the_entries_and_a_clear_ends_them()
    {
        var state = await WriteAsync("r", null, new([], 1, [new(1, [1])]));
        await Storage.WriteStateAsync("register", Grain, state);
        Assert.Equal([(1, "01")], await EntriesAsync(0));
        await Storage.ClearStateAsync("register", Grain, state);
        Assert.Empty(await EntriesAsync(0));
        await WriteAsync("r", null, new([], 1, [new(2, [2])]));
        Assert.Equal([(2, "02")], await EntriesAsync(0));
    }

    [Fact]
    public async Task Records_do_not_see_the_entries_of_others()
    {
        await WriteAsync("r", null, new([], 1, [new(1, [1])]));
        Assert.Empty(await Registers.ReadEntriesAsync("other", Grain, 0));
        Assert.Empty(await Registers.ReadEntriesAsync("register", GrainId.Create("conformance", "other"), 0));
    }

    [Fact]
    public async Task Names_come_in_the_order_of_their_bytes_list_by_list()
    {
        string[] names = ["b", "a", "\uFFFD", "\U0001F600", "\uE000", "ab", "é", "A", "a/b", "a-b", "a"];
        string? etag = null;
        foreach (var name in names)
        {
            etag = (await WriteAsync("r", etag, new([new("one", name)], 1, []))).ETag;
            etag = (await WriteAsync("r", etag, new([new("two", name + "2")], 1, []))).ETag;
        }

        var ordered = names.Distinct().Order(NameOrder.Instance).ToArray();
        Assert.Equal(ordered, await Registers.ReadNamesAsync("one", "", 100));
        Assert.Equal(ordered[3..5], await Registers.ReadNamesAsync("one", ordered[3], 2));
        Assert.Equal(ordered[6..], await Registers.ReadNamesAsync("one", ordered[5] + "\u0001", 100));
        Assert.Equal(10, await Registers.CountNamesAsync("two"));
        Assert.Equal(0, await Registers.CountNamesAsync("three"));
        Assert.Empty(await Registers.ReadNamesAsync("three", "", 10));
    }

    protected abstract Task<IGrainStorage> OpenAsync();

    protected abstract Task CloseAsync();

    private async Task ReopenAsync()
    {
        await CloseAsync();
        Storage = await OpenAsync();
    }

    private static RegisterWrite Write(string key, string text, string? etag, RegisterAddition? addition) => new(
        "register",
        GrainId.Create("conformance", key),
        new GrainState<StoredRecord>(new() { Bytes = System.Text.Encoding.UTF8.GetBytes(text) }) { ETag = etag, RecordExists = etag is not null },
        addition);

    private async Task<string> ReadAsync(string key)
    {
        var read = new GrainState<StoredRecord>(new());
        await Storage.ReadStateAsync("register", GrainId.Create("conformance", key), read);
        return System.Text.Encoding.UTF8.GetString(read.State!.Bytes);
    }

    private async Task<GrainState<StoredRecord>> WriteAsync(string text, string? etag, RegisterAddition addition)
    {
        var record = new GrainState<StoredRecord>(new() { Bytes = System.Text.Encoding.UTF8.GetBytes(text) }) { ETag = etag, RecordExists = etag is not null };
        await Registers.WriteRegisterAsync("register", Grain, record, addition);
        return record;
    }

    private async Task<IEnumerable<(int Version, string Bytes)>> EntriesAsync(long first) =>
        (await Registers.ReadEntriesAsync("register", Grain, first)).Select(entry => ((int)entry.Version, Convert.ToHexString(entry.Bytes)));
}

public sealed class SqliteRegisterConformanceTests : RegisterStorageConformance
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteGrainStorage? _storage;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override Task<IGrainStorage> OpenAsync() => Task.FromResult<IGrainStorage>(_storage = SqliteStorages.Open(_directory.Path));

    protected override Task CloseAsync()
    {
        _storage?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The storage that tests and the simulation use instead.</summary>
public sealed class MemoryRegisterConformanceTests : RegisterStorageConformance
{
    private readonly MemoryStorage _storage = new() { WritesInOneCommit = true };

    protected override Task<IGrainStorage> OpenAsync() => Task.FromResult<IGrainStorage>(_storage);

    protected override Task CloseAsync() => Task.CompletedTask;
}
