using Microsoft.Extensions.Configuration;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Three_acceptors_in_one_process_are_the_default()
    {
        var settings = Read();
        Assert.Equal(["a1", "a2", "a3"], settings.Silos);
        Assert.Equal(["a1", "a2", "a3"], settings.Paxos.Acceptors);
        Assert.Equal(new Uri("http://127.0.0.1:8080"), settings.Http.Listen.Url);
        Assert.Equal(Path.GetFullPath("data"), settings.DataDirectory);
        Assert.Equal(Path.GetFullPath("data/a2"), settings.DirectoryOf("a2"));
        Assert.True(settings.HoldsWholeSet);
    }

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://[::1]:0")]
    public void An_address_of_this_machine_is_taken(string url) =>
        Assert.Equal(new Uri(url), Read(("Url", url), ("Http:ReadWriteKeys:0", "a-key-of-sixteen-or-more")).Http.Listen.Url);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(15)]
    public void Any_number_of_acceptors_up_to_15_is_taken(int count) =>
        Assert.Equal(count, Read(("Acceptors", $"{count}")).Silos.Length);

    [Fact]
    public void One_silo_of_a_cluster()
    {
        var settings = Read(("Silo", "b"), ("AcceptorSet", "a, b,c"), ("SiloPort", "1"), ("GatewayPort", "65535"), ("Membership", "/m/x.db"));
        Assert.Equal(["b"], settings.Silos);
        Assert.Equal(["a", "b", "c"], settings.Paxos.Acceptors);
        Assert.Equal((1, 65535, Path.GetFullPath("/m/x.db")), (settings.SiloPort, settings.GatewayPort, settings.MembershipFile));
        Assert.False(settings.HoldsWholeSet);
    }

    [Fact]
    public void A_silo_that_is_none_of_the_first_acceptors_has_storage_of_its_own()
    {
        var settings = Read(("Silo", "d"), ("AcceptorSet", "a,b,c"));
        Assert.Equal(["d"], settings.Silos);
        Assert.Equal(Path.GetFullPath("data/d"), settings.DirectoryOf("d"));
    }

    [Fact]
    public void A_silo_that_begins_alone_does_not_hold_the_whole_set_for_ever() =>
        Assert.False(Read(("Silo", "a"), ("AcceptorSet", "a")).HoldsWholeSet);

    [Fact]
    public void The_name_of_a_silo_that_is_none_of_the_first_acceptors_is_checked() =>
        Assert.Contains(Mistakes(("Silo", "../d"), ("AcceptorSet", "a,b,c")), mistake => mistake.Contains("cannot name a folder"));

    [Fact]
    public void The_options_of_the_consensus_are_bound()
    {
        var paxos = Read(("maxvaluebytes", "1000"), ("AcceptorTimeout", "00:00:00.5"), ("Epoch", "7")).Paxos;
        Assert.Equal((1000, TimeSpan.FromMilliseconds(500), 7), (paxos.MaxValueBytes, paxos.AcceptorTimeout, paxos.Epoch));
    }

    [Theory]
    [InlineData("Acceptors", "0", "from 1 to 15")]
    [InlineData("Acceptors", "16", "from 1 to 15")]
    [InlineData("Acceptors", "three", "'three'")]
    [InlineData("Url", "127.0.0.1:8080", "http://ADDRESS:PORT")]
    [InlineData("Url", "https://127.0.0.1", "Kestrel:Endpoints")]
    [InlineData("Url", "http://127.0.0.1/path", "without a path")]
    [InlineData("Url", "http://example.com:8080", "IP address")]
    [InlineData("Url", "http://localhost:0", "localhost with a port")]
    [InlineData("Url", "http://127.0.0.1:99999", "http://ADDRESS:PORT")]
    [InlineData("SiloPort", "11111", "SiloPort")]
    [InlineData("AcceptorSet", "a,b", "AcceptorSet")]
    [InlineData("MaxValueBytes", "lots", "'lots'")]
    [InlineData("MaxValueBytes", "0", "MaxValueBytes is 0")]
    [InlineData("HistoryEntries", "99999999999", "'99999999999'")]
    [InlineData("AcceptorTimeout", "soon", "'soon'")]
    [InlineData("AcceptorTimeout", "-00:00:01", "AcceptorTimeout")]
    [InlineData("Dta", "x", "'Paxos:Dta'")]
    public void A_mistake_is_named_with_its_remedy(string key, string value, string expected)
    {
        var mistake = Assert.Single(Mistakes((key, value)));
        Assert.Contains(expected, mistake);
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "is missing")]
    [InlineData("b,../x", "'../x'")]
    [InlineData("b,.x", "'.x'")]
    [InlineData("b,x y", "'x y'")]
    [InlineData("b,b", "twice")]
    public void The_set_of_a_cluster_is_checked(string? set, string expected) =>
        Assert.Contains(Mistakes(("Silo", "b"), ("AcceptorSet", set)), mistake => mistake.Contains(expected));

    [Fact]
    public void Every_mistake_is_named() =>
        Assert.Equal(5, Mistakes(("Acceptors", "99"), ("Url", "x"), ("Dta", "y"), ("MaxValueBytes", "z"), ("HistoryEntries", "0")).Count);

    private static SiloSettings Read(params (string Key, string? Value)[] settings) =>
        SettingsReader.Read(Configuration(settings));

    private static IReadOnlyList<string> Mistakes(params (string Key, string? Value)[] settings) =>
        Assert.Throws<SettingsException>(() => Read(settings)).Mistakes;

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => $"Paxos:{pair.Key}", pair => pair.Value)).Build();
}
