using Orleans.Paxos.Proposers;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Watching;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>What a silo remembers of registers that come and go below a prefix that is watched.</summary>
public sealed class TellerTests
{
    private const int MostEnded = 2;

    private readonly PaxosWorld _world = new(inOneCommit: true);
    private readonly EventLog _log = new(UniqueId.New());
    private readonly Teller _teller;

    public TellerTests()
    {
        var peers = _world.NewPeers();
        var quorum = _world.NewReader();
        var proposer = _world.NewProposer();
        var reader = new LinearizableReader(quorum, register => proposer.ProposeAsync(ProposeRequest.Repair(register)), peers, _world.Options);
        _teller = new Teller(new ChangeCloser(quorum, reader, proposer.ProposeAsync), new FeedMerge(peers.Current.All.Count), _log, MostEnded, CancellationToken.None);
    }

    [Fact]
    public async Task Registers_that_have_ended_are_forgotten_but_for_the_last_ones()
    {
        await TellAsync("kept", Requests.Set("1"));
        for (var number = 1; number < 10; number++)
            await LiveAsync($"r{number}");

        Assert.Equal(["kept", "r8", "r9"], _teller.Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_register_that_comes_back_is_told_from_where_it_begins()
    {
        foreach (var register in new[] { "r1", "r2", "r3" })
            await LiveAsync(register);
        Assert.False(_teller.Knows("r1"));
        await TellAsync("r1", Requests.Set("again", floor: 3));

        var told = _log.After(0, "r1", []).Events.Select(static each => each.Versions).ToList();
        Assert.Equal([1, 2, 4], told.SelectMany(static batch => batch.Entries).Select(static entry => entry.Version));
        Assert.Equal(3, told[^1].CompactedThrough);
    }

    [Fact]
    public async Task A_register_that_acceptors_hold_is_kept()
    {
        await LiveAsync("r0", forgets: false);
        foreach (var register in new[] { "s1", "s2", "s3" })
            await LiveAsync(register, forgets: false);

        Assert.Equal(["r0", "s1", "s2", "s3"], _teller.Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_register_that_came_back_is_kept()
    {
        await LiveAsync("r1");
        await TellAsync("r1", Requests.Set("again", floor: 3));
        foreach (var register in new[] { "r2", "r3", "r4" })
            await LiveAsync(register);

        Assert.True(_teller.Knows("r1"));
    }

    /// <summary>A feed may name an end late, after the register was let go of, and as often as it likes.</summary>
    [Fact]
    public async Task An_end_that_is_named_again_and_again_is_told_each_time()
    {
        var ended = await LiveAsync("r1");
        for (var time = 0; time < MostEnded + 2; time++)
        {
            await _teller.TellForgottenAsync("r1");
            await TellAsync("r1", ended).WaitAsync(TimeSpan.FromSeconds(30)); // for ever if it is let go of before its caller has seen that it was told
        }
    }

    /// <summary>Tells a register that is written, deleted, and ends, and lets the acceptors forget it.</summary>
    private async Task<ProposeResult> LiveAsync(string register, bool forgets = true)
    {
        await TellAsync(register, Requests.Set("1"));
        await TellAsync(register, Requests.New(Change.Delete(), floor: 1));
        ProposeResult ended;
        do
            ended = await _world.NewProposer().ProposeAsync(ProposeRequest.End(register)); // the first promises may not show that the tombstone is chosen
        while (ended.Chosen is not { State.Newest: null });
        await TellAsync(register, ended);
        while (forgets && await IsHeldAsync())
        {
            foreach (var node in _world.Nodes.Values)
                await node.ForgetAsync();
        }

        return ended;

        async Task<bool> IsHeldAsync()
        {
            var lists = await Task.WhenAll(_world.Nodes.Values.Select(node => node.ListAsync(new ListRequest(_world.Set.Id, register, "", 10))));
            return lists.Any(list => list.Names.Any(listed => listed.Name == register));
        }
    }

    private async Task TellAsync(string register, ChangeRequest request) => await TellAsync(register, await _world.ProposeAsync(register, request));

    private Task TellAsync(string register, ProposeResult result) => _teller.CloseAsync(register, result.Chosen!.Ballot);
}
