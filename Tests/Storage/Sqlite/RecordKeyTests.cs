namespace Orleans.Paxos.Tests;

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
        var random = new Random(20260801);
        var seen = new Dictionary<string, (string Type, string Key, string State)>();
        for (var i = 0; i < 200_000; i++)
        {
            var (type, key, state) = (Bytes(random), Bytes(random), Text(random));
            var record = (Convert.ToHexString(type), Convert.ToHexString(key), state);
            var encoded = RecordKey.Encode(state, GrainId.Create(new GrainType(type), new IdSpan(key)));
            Assert.Equal(record, seen.TryAdd(encoded, record) ? record : seen[encoded]);
            Assert.False(encoded.AsSpan().ContainsAnyInRange('\0', '\x1F'));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Contains("surrogate", Assert.Throws<ArgumentException>(() => RecordKey.Encode("a\uD83C", GrainId.Create("t", "k"))).Message);

    /// <summary>Short, from few bytes, so that collisions of a sloppy encoding are all but certain; some are not UTF-8.</summary>
    private static byte[] Bytes(Random random)
    {
        byte[] alphabet = [(byte)'/', (byte)'%', (byte)'2', (byte)'F', (byte)'a', 0xC3, 0xA9, 0x00];
        return random.GetItems(alphabet, random.Next(1, 5));
    }

    private static string Text(Random random) => new(random.GetItems("/%2Faé\0".AsSpan(), random.Next(0, 5)));
}
