using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>Which tokens the handles of a session have.</summary>
public sealed class HeldTokensTests
{
    private readonly HeldTokens _tokens = new();

    [Fact]
    public void Two_handles_may_have_one_token_until_one_of_them_begins_to_release_it()
    {
        Assert.True(_tokens.TryHold("jobs", 3));
        Assert.True(_tokens.TryHold("jobs", 3));
        Assert.True(_tokens.IsHeld("jobs", 3));
        _tokens.GiveUp("jobs", 3);
        Assert.False(_tokens.IsHeld("jobs", 3));
        Assert.False(_tokens.TryHold("jobs", 3));
    }

    [Fact]
    public void A_token_that_is_released_is_not_given_again_while_a_later_one_is()
    {
        _tokens.TryHold("jobs", 3);
        _tokens.GiveUp("jobs", 3);
        Assert.True(_tokens.TryHold("jobs", 5));
        Assert.False(_tokens.TryHold("jobs", 3));
        Assert.True(_tokens.IsHeld("jobs", 5));
    }

    [Fact]
    public void A_late_release_does_not_end_a_later_token()
    {
        _tokens.TryHold("jobs", 5);
        _tokens.GiveUp("jobs", 3);
        _tokens.Forget("jobs", 3);
        Assert.True(_tokens.IsHeld("jobs", 5));
    }

    [Fact]
    public void Only_a_token_that_no_handle_has_is_given_up_by_an_attempt()
    {
        _tokens.TryHold("jobs", 3);
        Assert.False(_tokens.TryGiveUp("jobs", 3));
        Assert.True(_tokens.TryGiveUp("jobs", 5));
        Assert.False(_tokens.TryHold("jobs", 5));
        Assert.True(_tokens.TryGiveUp("pool", 1));
    }

    [Fact]
    public void Locks_do_not_mix()
    {
        _tokens.TryHold("jobs", 3);
        Assert.False(_tokens.IsHeld("pool", 3));
        _tokens.GiveUp("pool", 3);
        Assert.True(_tokens.IsHeld("jobs", 3));
    }
}
