namespace Orleans.Paxos.Tests.Storage;

public abstract partial class GrainStorageConformance
{
    public static TheoryData<string> OddNames =>
    [
        "plain", "with space", "trailing space ", " leading space", "a/b", "/", "//", "a\\b", "a#b", "a?b", "a%2Fb", "%", "'quoted'",
        "\"quoted\"", "'; DROP TABLE records; --", "new\nline", "tab\t", "nul\0inside", "é", "e\u0301", "Ünïcödé/日本語", "🌍", "\uFEFFbom", "*", "a|b", "..",
        new string('x', 256), new string('é', 128),
    ];

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task An_odd_grain_key_or_state_name_keeps_its_own_record(string name)
    {
        var run = UniqueId.New().ToString("N");
        var asKey = KeyOf(run + name);
        var asState = KeyOf(run);
        var stateName = StateNameOf(run + name);
        var keyETag = (await WriteAsync(asKey, "key " + name)).ETag;
        var stateETag = (await WriteAsync(asState, "state " + name, stateName: stateName)).ETag;

        await AssertHoldsAsync(asKey, "key " + name, keyETag);
        await AssertHoldsAsync(asState, "state " + name, stateETag, stateName);
    }

    [Fact]
    public async Task Odd_names_are_all_different_records()
    {
        var run = UniqueId.New().ToString("N");
        var names = OddNames.Select(row => row.Data).ToList();
        await Task.WhenAll(names.Select(name => WriteAsync(KeyOf(run + name), name)));
        foreach (var name in names)
            Assert.Equal(name, (await ReadAsync(KeyOf(run + name))).State!.Text);
    }

    [Fact]
    public async Task State_names_are_independent_records_and_so_are_grain_types()
    {
        var grain = NewGrain();
        var sibling = GrainId.Create("conformance2", grain.Key.ToString()!);
        var first = (await WriteAsync(grain, "first", stateName: "a")).ETag;
        var second = (await WriteAsync(grain, "second", stateName: "b")).ETag;
        var third = (await WriteAsync(sibling, "third", stateName: "a")).ETag;

        await AssertHoldsAsync(grain, "first", first, "a");
        await AssertHoldsAsync(grain, "second", second, "b");
        await AssertHoldsAsync(sibling, "third", third, "a");

        await Storage.ClearStateAsync("a", grain, await ReadAsync(grain, "a"));
        await AssertAbsentAsync(grain, "a");
        await AssertHoldsAsync(grain, "second", second, "b");
        await AssertHoldsAsync(sibling, "third", third, "a");
    }

    [Fact]
    public async Task Names_that_differ_only_in_case_are_different_records()
    {
        var run = UniqueId.New().ToString("N");
        var lower = GrainId.Create("conformance", run + "name");
        var upper = GrainId.Create("conformance", run + "NAME");
        var etag = (await WriteAsync(lower, "lower")).ETag;
        await AssertAbsentAsync(upper);
        await AssertAbsentAsync(lower, "STATE");
        await AssertHoldsAsync(lower, "lower", etag);
    }

    [Fact]
    public async Task Parts_that_read_the_same_when_joined_are_different_records()
    {
        Assert.SkipWhen(WhyKeysCollide is not null, WhyKeysCollide ?? "");
        var run = UniqueId.New().ToString("N");
        (string Type, string Key, string State)[] records =
        [
            ("t", $"{run}/b", "c"), ("t", run, "b/c"), ("t/" + run, "b", "c"), ("t", $"{run}%2Fb", "c"), ("t", run, "b%2Fc"),
            ("t", $"{run}|b", "c"), ("t", run, "b|c"), ("t", $"{run}\0b", "c"), ("t", run, "b\0c"), ("t", $"{run} ", "c"), ("t", run, " c"),
        ];
        foreach (var (type, key, state) in records)
            await WriteAsync(GrainId.Create(type, key), $"{type}+{key}+{state}", stateName: state);
        foreach (var (type, key, state) in records)
            Assert.Equal($"{type}+{key}+{state}", (await ReadAsync(GrainId.Create(type, key), state)).State!.Text);
    }
}
