using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Proposers;

/// <summary>Lists show the registers of sessions and locks only to those who ask for them.</summary>
public sealed class ReservedNameListTests
{
    private const int Many = 300;

    private readonly PaxosWorld _world = new();

    [Theory]
    [InlineData("", new[] { " a", "0", "a" })]
    [InlineData(" ", new[] { " a" })]
    [InlineData("!", new[] { "!locks/job", "!sessions/1", "!sessions/2", "!~" })]
    [InlineData("!sessions/", new[] { "!sessions/1", "!sessions/2" })]
    public async Task APage_ShowsReservedNamesBelowTheirOwnPrefixOnly(string prefix, string[] names)
    {
        await WriteAsync("a", "!sessions/2", "0", "!locks/job", " a", "!sessions/1", "!~");
        var page = await _world.NewLister().ListAsync(prefix, "", limit: 10);
        Assert.Equal(names, page.Names);
        Assert.False(page.More);
        Assert.Equal(names, (await _world.NewLister().ListEntriesAsync(prefix, "", limit: 10)).Entries.Select(each => each.Name));
    }

    /// <summary>More of them than a question to the acceptors asks for.</summary>
    [Fact]
    public async Task APage_PassesOverManyReservedNames()
    {
        await WriteAsync([" a", "a", "b", .. Enumerable.Range(0, Many).Select(number => $"!sessions/{number:000}")]);
        var first = await _world.NewLister().ListAsync("", "", limit: 2);
        Assert.Equal([" a", "a"], first.Names);
        Assert.True(first.More);
        var second = await _world.NewLister().ListAsync("", "a", limit: 2);
        Assert.Equal(["b"], second.Names);
        Assert.False(second.More);
    }

    private Task WriteAsync(params string[] names) => Task.WhenAll(names.Select(name => _world.ProposeAsync(name, Requests.Set("1"))));
}
