using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.Storage;
using Orleans.Paxos.Tests.Storage.Sqlite;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>I9: a storage knows whose it is, whoever opens it.</summary>
public sealed class StorageIdentityTests
{
    private readonly PaxosWorld _world = new();

    [Fact]
    public async Task Storages_that_were_swapped_are_refused_and_left_untouched()
    {
        await _world.JoinAsync();
        await RefusedAsync("a1", _world.Node(2).Storage, _world.Set);
        await RefusedAsync("a2", _world.Node(1).Storage, _world.Set);
    }

    [Fact]
    public async Task Acceptors_that_were_all_renamed_at_once_are_refused_and_left_untouched()
    {
        await _world.JoinAsync();
        var renamed = new AcceptorSet(["b1", "b2", "b3"]);
        foreach (var number in (int[])[1, 2, 3])
            await RefusedAsync($"b{number}", _world.Node(number).Storage, renamed);
    }

    [Fact]
    public async Task Of_acceptors_that_share_a_storage_one_votes()
    {
        var shared = new MemoryStorage { IsExclusivelyOwned = false };
        var acceptors = _world.Set.Names.Select(name => Open(name, shared, _world.Set)).ToList();
        await Task.WhenAll(acceptors.Select(acceptor => acceptor.StatusAsync("s")));
        var standings = new List<AcceptorStanding>();
        foreach (var acceptor in acceptors)
            standings.Add((await acceptor.StatusAsync("s")).Standing);
        Assert.Equal(
            [AcceptorStanding.Voting, AcceptorStanding.ForeignStorage, AcceptorStanding.ForeignStorage], standings);
    }

    [Fact]
    public async Task Acceptors_that_find_a_shared_storage_blank_at_the_same_moment_do_not_both_own_it()
    {
        var shared = new MemoryStorage { IsExclusivelyOwned = false };
        var second = Open("a2", shared, _world.Set);
        shared.BeforeWrite = async _ =>
        {
            shared.BeforeWrite = null; // the first has read that there is no identity, and the second is faster
            await second.StatusAsync("s");
        };
        var first = Open("a1", shared, _world.Set);
        while ((await first.StatusAsync("s")).Standing == AcceptorStanding.Joining)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.Equal(AcceptorStanding.ForeignStorage, (await first.StatusAsync("s")).Standing);
        Assert.Equal(AcceptorStanding.Voting, (await second.StatusAsync("s")).Standing);
    }

    [Fact]
    public async Task An_identity_under_the_acceptors_name_as_earlier_versions_kept_it_is_taken_over()
    {
        var storage = new MemoryStorage();
        var earlier = new AcceptorIdentity("a1", _world.Set, UniqueId.New(), Voting: true, [new("a2", UniqueId.New())]);
        var byName = await RecordCell<AcceptorIdentity?>.OpenAsync(storage, new AcceptorIdentityFormat(), "identity", StorageKey.Of("a1"));
        await byName.WriteAsync(earlier);
        foreach (var node in _world.Nodes.Values)
            node.Down = true; // nobody is asked: it votes already

        Assert.Equal(AcceptorStanding.Voting, (await Open("a1", storage, _world.Set).StatusAsync("s")).Standing);
        var kept = (await new AcceptorStorage(storage, "a2", UniqueId.New).OpenIdentityAsync()).Value!;
        Assert.Equal((earlier.Acceptor, earlier.Incarnation, earlier.Voting), (kept.Acceptor, kept.Incarnation, kept.Voting));
        Assert.Equal(earlier.Notes, kept.Notes);
        await RefusedAsync("a2", storage, _world.Set);
    }

    [Fact]
    public async Task A_directory_of_another_acceptor_is_refused()
    {
        using var directory = new TemporaryDirectory();
        var alone = new AcceptorSet(["a1"]);
        using (var storage = SqliteStorages.Open(directory.Path))
            Assert.Equal(AcceptorStanding.Voting, (await Open("a1", storage, alone).StatusAsync("s")).Standing);
        using (var storage = SqliteStorages.Open(directory.Path))
            Assert.Equal(AcceptorStanding.ForeignStorage, (await Open("a2", storage, new AcceptorSet(["a2"])).StatusAsync("s")).Standing);
        using (var storage = SqliteStorages.Open(directory.Path))
            Assert.Equal(AcceptorStanding.Voting, (await Open("a1", storage, alone).StatusAsync("s")).Standing);
    }

    private async Task RefusedAsync(string acceptor, MemoryStorage storage, AcceptorSet set)
    {
        var writes = storage.Writes;
        var status = await Open(acceptor, storage, set).StatusAsync("s");
        Assert.Equal(AcceptorStanding.ForeignStorage, status.Standing);
        Assert.Contains("each acceptor has a storage of its own", status.Detail);
        Assert.Equal(writes, storage.Writes);
    }

    /// <summary>The acceptors of the world are the others; one that is in no world answers nobody.</summary>
    private Acceptor Open(string acceptor, IGrainStorage storage, AcceptorSet set)
    {
        var peers = new AcceptorPeers(set, name => _world.Nodes.GetValueOrDefault(name)!, _world.Options.AcceptorTimeout, _world.Clock);
        return new Acceptor(new AcceptorStorage(storage, acceptor, UniqueId.New), peers, _world.Options, static _ => Task.CompletedTask, new MissedWrites(TimeProvider.System), NullLogger<Acceptor>.Instance);
    }
}
