using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class RecordKeyTests
{
    [Theory]
    [InlineData("acceptor", "a", "flags/dark-mode", "acceptor/a/flags%2Fdark-mode")]
    [InlineData("t", "100%", "é🌍", "t/100%25/é🌍")]
    [InlineData("t", "a\0\n\u007F", "", "t/a%00%0A%7F/")]
    public void A_key_is_readable_and_pinned(string type, string key, string state, string expected) =>
        Assert.Equal(expected, RecordKey.Encode(state, GrainId.Create(type, key)));

    [Fact]
    public void Different_records_never_share_a_key()
    {
        // Short keys from few different characters, so that a faulty encoding is almost certainly detected.
        const string Alphabet = "/%2Faé\0";
        var random = new Random(20260801);
        var seen = new Dictionary<string, (string Type, string Key, string State)>();
        for (var i = 0; i < 200_000; i++)
        {
            var record = (Type: Text(1), Key: Text(1), State: Text(0));
            var encoded = RecordKey.Encode(record.State, GrainId.Create(record.Type, record.Key));
            Assert.Equal(record, seen.TryAdd(encoded, record) ? record : seen[encoded]);
            Assert.False(encoded.AsSpan().ContainsAnyInRange('\0', '\x1F'));
            Assert.Equal(encoded, RecordKey.Text(RecordKey.Of(record.State, GrainId.Create(record.Type, record.Key))));
        }

        string Text(int shortest) => new(random.GetItems(Alphabet.AsSpan(), random.Next(shortest, 5)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Contains("surrogate", Assert.Throws<ArgumentException>(() => RecordKey.Encode("a\uD83C", GrainId.Create("t", "k"))).Message);
}
