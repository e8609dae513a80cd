using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Tests.Client;

public sealed class LeastRecentlyUsedTests
{
    [Fact]
    public void It_forgets_what_was_not_used_for_longest()
    {
        var table = new LeastRecentlyUsed<int>(2);
        table.Update("a", _ => 1);
        table.Update("b", _ => 2);
        Assert.True(table.TryGet("a", out _));
        table.Update("c", _ => 3);

        Assert.False(table.TryGet("b", out _));
        Assert.True(table.TryGet("a", out var a) && table.TryGet("c", out var c) && (a, c) == (1, 3));
        table.Update("a", known => known + 10);
        table.Update("d", _ => 4);
        Assert.False(table.TryGet("c", out _));
        Assert.True(table.TryGet("a", out a) && a == 11);
    }

    [Fact]
    public void It_forgets_what_is_removed()
    {
        var table = new LeastRecentlyUsed<int>(2);
        table.Update("a", _ => 1);
        table.Remove("a");
        table.Remove("never there");

        Assert.False(table.TryGet("a", out _));
    }

    [Fact]
    public void Of_no_size_it_remembers_nothing()
    {
        var table = new LeastRecentlyUsed<int>(0);

        Assert.Equal(1, table.Update("a", _ => 1));
        Assert.False(table.TryGet("a", out _));
    }
}
