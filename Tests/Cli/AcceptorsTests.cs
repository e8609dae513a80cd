using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

/// <summary><c>paxos acceptors</c>, over HTTP.</summary>
public sealed class AcceptorsTests : CliTest
{
    [Fact]
    public async Task The_acceptors_are_listed() =>
        Assert.Equal("a1\tvoting\t1\tmemory\t7\na2\tvoting\t1\tmemory\t7\n", (await PaxosAsync("acceptors", "list")).Succeeded().Output);

    [Fact]
    public async Task A_change_is_waited_for_until_it_is_over()
    {
        var result = (await PaxosAsync("acceptors", "add", "a3", "a4", "--remove", "a1", "--per-second", "100")).Succeeded();
        Assert.Equal("epoch 3: a2, a3, a4\nno change is under way\n", result.Output);
        var change = Assert.Single(Host.Acceptors.Changes);
        Assert.Equal(["a3", "a4"], change.Add);
        Assert.Equal(("a1", 100), (Assert.Single(change.Remove), change.PerSecond));
    }

    [Fact]
    public async Task A_change_that_is_not_waited_for_shows_its_step()
    {
        var result = (await PaxosAsync("acceptors", "remove", "a1", "--no-wait")).Succeeded();
        Assert.Equal("epoch 2: a1, a2 to a2\nsweeping: 3 registers carried over, 1 a second\n", result.Output);
        Assert.Equal("epoch 3: a1, a2\nno change is under way\n", (await PaxosAsync("acceptors", "cancel")).Succeeded().Output);
    }

    [Theory]
    [InlineData("replace a2", "a2")]
    [InlineData("replace a2 --by a3", "a3")]
    public async Task An_acceptor_is_replaced_by_itself_or_by_another(string line, string coming)
    {
        (await PaxosAsync(["acceptors", .. line.Split(' ')])).Succeeded();
        var change = Assert.Single(Host.Acceptors.Changes);
        Assert.Equal((coming, "a2"), (Assert.Single(change.Add), Assert.Single(change.Remove)));
    }

    [Fact]
    public async Task Json_has_the_whole_status() =>
        Assert.StartsWith("""{"epoch":1,"majority":2,"members":[{"name":"a1","incarnation":null}""", (await PaxosAsync("acceptors", "status", "--json")).Succeeded().Output);

    [Fact]
    public async Task A_refusal_is_exit_1_and_an_unknown_outcome_exit_4()
    {
        Host.Acceptors.Failure = new AcceptorChangeRefusedException("There is no acceptor 'x' to remove.");
        (await PaxosAsync("acceptors", "remove", "x")).Failed(ExitCode.Refused, "There is no acceptor 'x' to remove.");
        Host.Acceptors.Failure = new OutcomeUnknownException("It is not known whether the set was changed.", null);
        (await PaxosAsync("acceptors", "remove", "x")).Failed(ExitCode.OutcomeUnknown, "It is not known");
    }

    [Theory]
    [InlineData("add")]
    [InlineData("remove")]
    [InlineData("replace")]
    [InlineData("replace a b")]
    [InlineData("add a --per-second 0")]
    [InlineData("add a --per-second 1000001")]
    [InlineData("nothing")]
    public async Task A_wrong_line_is_exit_2_and_changes_nothing(string line)
    {
        (await PaxosAsync(["acceptors", .. line.Split(' ')])).Failed(ExitCode.BadArgument);
        Assert.Empty(Host.Acceptors.Changes);
    }
}
