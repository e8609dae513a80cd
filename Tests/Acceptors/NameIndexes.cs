using System.Globalization;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Storage;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>Indexes of names for tests, and what they hold.</summary>
internal static class NameIndexes
{
    /// <summary>Opens the index in a storage, as a new activation does.</summary>
    public static NameIndex Open(IGrainStorage storage) => new(new AcceptorStorage(storage, "a", UniqueId.New));

    /// <summary>Reads all names, as a new activation does.</summary>
    public static ValueTask<List<string>> ReadAsync(IGrainStorage storage) => Open(storage).EnumerateAsync("", "").ToListAsync();

    /// <summary>Adds names, many at once.</summary>
    public static async Task AddAsync(IGrainStorage storage, string[] names)
    {
        var index = Open(storage);
        foreach (var chunk in names.Chunk(97))
            await Task.WhenAll(chunk.Select(index.AddAsync));
    }

    /// <summary>Removes names that are gone, all at once.</summary>
    public static Task RemoveAsync(this NameIndex index, IEnumerable<string> names) =>
        Task.WhenAll(names.Select(name => index.RemoveAsync(name, static _ => Task.FromResult(true))));

    /// <summary>A name so long that a page holds nine of them, and a page of nine pages.</summary>
    public static string LongName(int number) => number.ToString("000000", CultureInfo.InvariantCulture) + new string('x', 400);

    public static string[] RandomNames(int count, int seed, bool longNames = false)
    {
        var random = new Random(seed);
        string[] parts = ["app", "flags", "\U0001F600", "\uFFFD", "z", "a", "routing-table", "é", "~", "A", "10", "9"];
        return [.. Enumerable.Range(0, count).Select(_ => string.Join('/', Enumerable.Range(0, random.Next(1, longNames ? 30 : 5))
            .Select(_ => parts[random.Next(parts.Length)] + random.Next(20))))];
    }

    /// <summary>Checks that a new activation lists exactly these names in order, and finds each of them from the root.</summary>
    public static async Task AssertHoldsAsync(IGrainStorage storage, IEnumerable<string> expected)
    {
        var names = expected.Order(NameOrder.Instance).ToList();
        Assert.Equal(names, await ReadAsync(storage));
        await AssertFindsAsync(storage, names);
    }

    /// <summary>Checks that a new activation finds each of these names from the root.</summary>
    public static async Task AssertFindsAsync(IGrainStorage storage, IEnumerable<string> names)
    {
        var index = Open(storage);
        foreach (var name in names)
            Assert.Equal(name, await index.EnumerateAsync(name, "").FirstOrDefaultAsync());
    }
}
