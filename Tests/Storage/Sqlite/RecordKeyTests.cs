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
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Contains("surrogate", Assert.Throws<ArgumentException>(() => RecordKey.Encode("a\uD83C", GrainId.Create("t", "k"))).Message);
}
