using Orleans.Paxos.Client.Typed;
using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>Registers that count, as an application sees them.</summary>
public sealed class CounterTests
{
    private readonly OneRegisterClient _client = new();

    private ICounter Counter => new TypedRegisters(_client).Counter("visits");

    [Fact]
    public async Task AnAddition_GivesTheSum()
    {
        _client.Answer = new ChangeOutcome(ChangeStatus.Applied, Entry(7, "42"), 7, 7);
        var options = new ChangeOptions(UniqueId.New(), 3);

        var added = await Counter.AddAsync(-5, options);

        Assert.Equal((true, 42, 7), (added.Applied, added.Current.Value, added.Version));
        Assert.Equal([Change.Add(-5).Value], _client.Changes.Select(change => change.Change.Value));
        Assert.Equal([(ChangeKind.Add, options)], _client.Changes.Select(change => (change.Change.Kind, change.Options!)));
    }

    [Fact]
    public async Task ASumThatTheHistoryNoLongerHas_IsNotMadeUp()
    {
        _client.Answer = new ChangeOutcome(ChangeStatus.Applied, Entry: null, Version: 90, WrittenVersion: 7);

        var added = await Counter.AddAsync();

        Assert.Equal((true, false, 7), (added.Applied, added.Current.Exists, added.Version));
    }

    [Theory]
    [InlineData("-3", -3)]
    [InlineData("9223372036854775806", 9223372036854775806)]
    public async Task ACounter_IsReadAsItsNumber(string value, long number)
    {
        _client.Newest = Entry(4, value);
        Assert.Equal(number, await Counter.ReadAsync());
        Assert.Equal(number, (await new TypedRegisters(_client).Get<long>("visits").GetAsync()).Value);
    }

    [Fact]
    public async Task ACounterThatWasNeverWrittenOrWasDeleted_IsZero()
    {
        Assert.Equal(0, await Counter.ReadAsync());
        _client.Newest = Entry(4, deleted: true);
        Assert.Equal(0, await Counter.ReadAsync());
    }

    [Theory]
    [InlineData("many"), InlineData("007"), InlineData("")]
    public async Task WhatIsNotACounter_IsNamed(string value)
    {
        _client.Newest = Entry(4, value);
        _client.Answer = new ChangeOutcome(ChangeStatus.NotACounter, _client.Newest, 4);

        Func<Task>[] calls = [() => Counter.AddAsync(), () => Counter.ReadAsync()];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<NotACounterException>(call);
            Assert.Equal(("visits", 4), (error.Register, error.Version));
            Assert.Contains("'visits'", error.Message);
        }
    }

    [Fact]
    public async Task ARefusalByAFence_IsAResult()
    {
        _client.Answer = new ChangeOutcome(ChangeStatus.Fenced, Entry(2, "5") with { Guard = new Fence("jobs/nightly", 8) }, 2);

        var refused = await Counter.AddAsync(1, new ChangeOptions { Fence = new Fence("jobs/nightly", 7) });

        Assert.Equal((ChangeStatus.Fenced, 5, new Fence("jobs/nightly", 8)), (refused.Status, refused.Current.Value, refused.Current.Guard));
    }

    [Fact]
    public void ABadName_IsRefused() => Assert.Throws<ArgumentException>(() => new TypedRegisters(_client).Counter("a//b"));
}
