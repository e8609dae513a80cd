using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>Orleans makes an acceptor anew while an earlier activation, whose end was cut short, is still at work in the same silo.</summary>
public sealed class ReplacedActivationTests
{
    private static readonly Guid Proposer = new("aaaaaaaa-0000-0000-0000-000000000000");

    private readonly PaxosWorld _world = new(1);
    private readonly AcceptorFactory _factory;

    public ReplacedActivationTests()
    {
        var services = new ServiceCollection().AddKeyedSingleton<IGrainStorage>(PaxosStorage.ProviderName, Storage).BuildServiceProvider();
        _factory = new AcceptorFactory(services, _world.NewPeers(), Options.Create(_world.Options), static _ => Task.CompletedTask, new MissedWrites(TimeProvider.System), NullLogger<Acceptor>.Instance);
    }

    private MemoryStorage Storage => _world.Node(1).Storage;

    [Fact]
    public async Task A_write_that_ends_after_the_acceptor_was_made_anew_is_not_answered()
    {
        var first = _factory.Create("a1")!;
        Assert.True((await first.AcceptAsync(Accept(2, "old"))).Accepted);
        var storing = new TaskCompletionSource();
        Storage.BeforeWrite = _ => storing.Task;
        var accepted = first.AcceptAsync(Accept(3, "new"));

        var second = _factory.Create("a1")!;
        Assert.Equal(2, (await second.ReadAsync(Read())).Accepted.Round); // from now on it answers this from memory
        storing.SetResult();
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => accepted);
    }

    [Fact]
    public async Task A_read_that_comes_after_the_acceptor_was_made_anew_is_not_answered_from_the_earlier_memory()
    {
        var first = _factory.Create("a1")!;
        Assert.True((await first.AcceptAsync(Accept(2, "old"))).Accepted);
        var second = _factory.Create("a1")!;
        Assert.True((await second.AcceptAsync(Accept(3, "new"))).Accepted);
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => first.ReadAsync(Read()));
        Assert.Equal(3, (await second.ReadAsync(Read())).Accepted.Round);
    }

    [Fact]
    public async Task Names_and_history_that_are_asked_for_after_the_acceptor_was_made_anew_do_not_come_from_the_earlier_memory()
    {
        var first = _factory.Create("a1")!;
        Assert.True((await first.AcceptAsync(Accept(2, "old"))).Accepted);
        Assert.Equal(["r"], (await first.ListAsync(List())).Names.Select(listed => listed.Name));
        var second = _factory.Create("a1")!;
        Assert.True((await second.AcceptAsync(Accept(2, "new", "s"))).Accepted);
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => first.ListAsync(List("s")));
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => first.HistoryAsync(new HistoryRequest(_world.Set.Id, "r", FirstVersion: 1)));
        Assert.Equal(["r", "s"], (await second.ListAsync(List())).Names.Select(listed => listed.Name));
    }

    [Fact]
    public async Task An_acceptor_whose_place_was_taken_writes_nothing()
    {
        var first = _factory.Create("a1")!;
        Assert.True((await first.AcceptAsync(Accept(2, "old"))).Accepted);
        _factory.Create("a1");
        var writes = Storage.Writes;
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => first.AcceptAsync(Accept(2, "new", "s")));
        Assert.Equal(writes, Storage.Writes);
    }

    [Fact]
    public async Task A_name_that_is_written_while_the_acceptor_is_made_anew_gets_no_record()
    {
        var first = _factory.Create("a1")!;
        Assert.True((await first.AcceptAsync(Accept(2, "old"))).Accepted);
        var storing = new TaskCompletionSource();
        Storage.BeforeWrite = _ => storing.Task;
        var accepted = first.AcceptAsync(Accept(2, "new", "s"));

        var second = _factory.Create("a1")!;
        Assert.Equal(["r"], (await second.ListAsync(List())).Names.Select(listed => listed.Name)); // from now on it knows the names from memory
        storing.SetResult();
        await Assert.ThrowsAsync<AcceptorNotVotingException>(() => accepted);
        Assert.True((await second.ReadAsync(Read("s"))).Accepted.IsNone);
    }

    private ListRequest List(string prefix = "") => new(_world.Set.Id, prefix, After: "", Limit: 10);

    private ReadRequest Read(string register = "r") => new(_world.Set.Id, register, Ballot.None, WithState: false);

    private AcceptRequest Accept(long round, string value, string register = "r")
    {
        var state = ChangeRules.Judge(RegisterState.Empty, basisChosen: true, [Requests.Set(value)], _world.Options.HistoryLimits).State;
        return new AcceptRequest(_world.Set.Id, register, new Ballot(round, Proposer), state, new Ballot(round, Proposer));
    }
}
