using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>Ids of bytes that may not be text.</summary>
public sealed class RecordKeyBytesTests
{
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

    /// <summary>Creates short ids from few different bytes, so that a faulty encoding almost certainly collides. Some are not UTF-8.</summary>
    private static byte[] Bytes(Random random)
    {
        byte[] alphabet = [(byte)'/', (byte)'%', (byte)'2', (byte)'F', (byte)'a', 0xC3, 0xA9, 0x00];
        return random.GetItems(alphabet, random.Next(1, 5));
    }

    private static string Text(Random random) => new(random.GetItems("/%2Faé\0".AsSpan(), random.Next(0, 5)));
}
