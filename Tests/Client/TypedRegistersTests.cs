using System.Text;
using Orleans.Paxos.Client.Typed;
using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>Typed values.</summary>
public sealed class TypedRegistersTests
{
    private readonly OneRegisterClient _client = new();

    private sealed record Route(string Shard, int Weight);

    [Fact]
    public async Task Bytes_are_stored_as_they_are_and_not_shared()
    {
        byte[] value = [0, 255, 13];
        var written = await new TypedRegisters(_client).Get<byte[]>("blob").SetAsync(value);
        value[0] = 7;

        Assert.Equal([0, 255, 13], _client.Newest!.Value);
        Assert.Equal([0, 255, 13], written.Current.Value!);
        Assert.NotSame(_client.Newest.Value, written.Current.Value);
    }

    [Fact]
    public async Task Text_is_stored_as_utf8()
    {
        await new TypedRegisters(_client).Get<string>("text").SetAsync("größe");

        Assert.Equal("größe"u8.ToArray(), _client.Newest!.Value);
        Assert.Equal("größe", (await new TypedRegisters(_client).Get<string>("text").GetAsync()).Value);
    }

    [Fact]
    public async Task Everything_else_is_stored_as_json()
    {
        var register = new TypedRegisters(_client).Get<Route>("route");
        await register.SetAsync(new Route("eu-1", 3));

        Assert.Equal("""{"shard":"eu-1","weight":3}""", Encoding.UTF8.GetString(_client.Newest!.Value));
        Assert.Equal(new Route("eu-1", 3), (await register.GetAsync()).Value);
    }

    [Fact]
    public async Task Never_written_and_deleted_do_not_exist()
    {
        var register = new TypedRegisters(_client).Get<int>("number");
        var never = await register.GetAsync();
        Assert.False(never.Exists);
        Assert.Equal(0, never.Version);

        await register.SetAsync(5);
        await register.DeleteAsync();
        var deleted = await register.GetAsync();
        Assert.False(deleted.Exists);
        Assert.Equal(2, deleted.Version);
    }

    [Fact]
    public async Task A_value_of_another_type_is_named()
    {
        _client.Newest = Entry(4, "not json");

        var error = await Assert.ThrowsAsync<RegisterValueFormatException>(() => new TypedRegisters(_client).Get<Route>("app/route").GetAsync());

        Assert.Equal(("app/route", 4, typeof(Route)), (error.Register, error.Version, error.ValueType));
        Assert.Contains("app/route", error.Message, StringComparison.Ordinal);
        Assert.Contains("Version 4", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Route), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_named()
    {
        _client.Newest = Entry(1) with { Value = [0xC3, 0x28] };

        await Assert.ThrowsAsync<RegisterValueFormatException>(() => new TypedRegisters(_client).Get<string>("text").GetAsync());
    }

    [Fact]
    public async Task A_value_that_cannot_be_stored_is_refused()
    {
        var registers = new TypedRegisters(_client);

        await Assert.ThrowsAsync<ArgumentException>(() => registers.Get<string>("a").SetAsync("\uD800"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => registers.Get<string>("a").SetAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => registers.Get<byte[]>("a").DecideAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => registers.Get<Type>("a").SetAsync(typeof(int)));
        Assert.Throws<ArgumentException>(() => registers.Get<string>("a//b"));
        Assert.Throws<ArgumentException>(() => registers.ListAsync("//"));
        Assert.Null(_client.Newest);
    }

    [Fact]
    public async Task Changes_carry_what_they_were_asked_with()
    {
        var register = new TypedRegisters(_client).Get<string>("a");
        var options = new ChangeOptions(UniqueId.New(), 3);

        await register.SetAsync("s", options);
        await register.CompareAndSetAsync("c", 7);
        await register.DecideAsync("d");
        await register.DeleteAsync(expectedVersion: 9);

        Assert.Equal(
            [(ChangeKind.Set, null), (ChangeKind.CompareAndSet, 7), (ChangeKind.Decide, null), (ChangeKind.Delete, (long?)9)],
            _client.Changes.Select(change => (change.Change.Kind, change.Change.ExpectedVersion)));
        Assert.Equal([options, null, null, null], _client.Changes.Select(change => change.Options));
    }

    [Fact]
    public async Task A_value_shows_its_guard_and_its_session()
    {
        var (guard, session) = (new Fence("jobs/nightly", 7), UniqueId.New());
        var register = new TypedRegisters(_client).Get<string>("a");

        _client.Newest = Entry(4) with { Guard = guard, Session = session };
        var value = await register.GetAsync();
        Assert.Equal((guard, session), (value.Guard, value.Session));

        _client.Newest = Entry(5, deleted: true) with { Guard = guard };
        var deleted = await register.GetAsync();
        Assert.Equal((guard, (Guid?)null), (deleted.Guard, deleted.Session));
    }

    [Fact]
    public async Task A_refusal_by_a_fence_shows_the_guard()
    {
        _client.Answer = new ChangeOutcome(ChangeStatus.Fenced, Entry(2) with { Guard = new Fence("jobs/nightly", 8) }, 2);

        var result = await new TypedRegisters(_client).Get<string>("a").SetAsync("x", new ChangeOptions { Fence = new Fence("jobs/nightly", 7) });

        Assert.Equal((ChangeStatus.Fenced, new Fence("jobs/nightly", 8)), (result.Status, result.Current.Guard));
    }

    [Fact]
    public async Task A_refusal_shows_what_is_in_the_way()
    {
        _client.Answer = new ChangeOutcome(ChangeStatus.AlreadyDecided, Entry(2, "first"), 2);

        var result = await new TypedRegisters(_client).Get<string>("leader").DecideAsync("second");

        Assert.False(result.Applied);
        Assert.Equal((ChangeStatus.AlreadyDecided, "first"), (result.Status, result.Current.Value));
        Assert.Equal(2, result.Version);
    }

    [Fact]
    public async Task The_version_of_a_write_stands_on_its_result()
    {
        _client.Answer = new ChangeOutcome(ChangeStatus.Applied, Entry(7, "x"), 7);
        Assert.Equal(7, (await new TypedRegisters(_client).Get<string>("a").SetAsync("x")).Version);
    }

    [Fact]
    public async Task History_and_watch_are_typed()
    {
        _client.Entries = [Entry(1, "a"), Entry(2, deleted: true), Entry(3, "c")];
        var register = new TypedRegisters(_client).Get<string>("a");

        Assert.Equal(["a", null, "c"], (await register.HistoryAsync()).Select(value => value.Value));
        var watched = new List<(long, bool)>();
        await foreach (var value in register.WatchAsync(1))
            watched.Add((value.Version, value.Exists));
        Assert.Equal([(2, false), (3, true)], watched);
    }

    [Fact]
    public async Task Names_are_listed_page_by_page()
    {
        _client.Names = [.. Enumerable.Range(0, 2500).Select(index => $"app/{index:D5}")];

        var listed = new List<string>();
        await foreach (var name in new TypedRegisters(_client).ListAsync("app/"))
            listed.Add(name);

        Assert.Equal(_client.Names, listed);
        Assert.Equal(3, _client.Pages);
    }

    [Fact]
    public async Task ListValues_PagesUntilTheEndWithTypedValues()
    {
        _client.Names = [.. Enumerable.Range(0, 1500).Select(number => $"app/{number:D4}")];
        _client.Newest = Entry(7, "5");

        var listed = new List<(string, bool, int, long)>();
        await foreach (var (name, value) in new TypedRegisters(_client).ListValuesAsync<int>("app/"))
            listed.Add((name, value.Exists, value.Value, value.Version));

        Assert.Equal(_client.Names.Select(name => (name, true, 5, 7L)), listed);
        Assert.Equal(2, _client.Pages);
        Assert.Throws<ArgumentException>(() => new TypedRegisters(_client).ListValuesAsync<int>("//"));
    }

    [Fact]
    public async Task ListValues_ValueOfAnotherType_NamesItsRegister()
    {
        _client.Names = ["app/a"];
        _client.Newest = Entry(7, "text");

        var failure = await Assert.ThrowsAsync<RegisterValueFormatException>(async () =>
            await new TypedRegisters(_client).ListValuesAsync<int>("app/").ToListAsync());
        Assert.Contains("app/a", failure.Message);
    }
}
