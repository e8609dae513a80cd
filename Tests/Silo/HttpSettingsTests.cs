using Microsoft.Extensions.Configuration;
using Orleans.Paxos.Silo.Http;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>The settings for keys, addresses and limits of the HTTP interface.</summary>
public sealed class HttpSettingsTests
{
    private const string Key = "0123456789abcdef";
    private const string Other = "fedcba9876543210";

    [Fact]
    public void Without_keys_everything_is_open_on_this_machine_only()
    {
        var http = Read();
        Assert.False(http.Keys.AreConfigured);
        Assert.Equal(10_000, http.MaxConnections);
        Assert.True(Assert.Single(http.Listen.Addresses).IsLoopback);
    }

    [Fact]
    public void Keys_of_both_kinds_are_read()
    {
        var longest = new string('~', 512);
        var keys = Read(("Paxos:Http:ReadWriteKeys:0", Key), ("Paxos:Http:ReadWriteKeys:1", "!\"#$%&'()*+,-./:"), ("Paxos:Http:ReadKeys:0", longest)).Keys;
        Assert.Equal(KeyRights.ReadWrite, keys.RightsOf(Key));
        Assert.Equal(KeyRights.ReadWrite, keys.RightsOf("!\"#$%&'()*+,-./:"));
        Assert.Equal(KeyRights.Read, keys.RightsOf(longest));
        Assert.Equal(KeyRights.None, keys.RightsOf(Key[..15]));
        Assert.Equal(KeyRights.None, keys.RightsOf(Key + "0"));
        Assert.Equal(KeyRights.None, keys.RightsOf(""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789 abcdef")]
    [InlineData("0123456789abcdef\n")]
    [InlineData("0123456789abcdef\r")]
    [InlineData("0123456789äabcdef")]
    [InlineData("0123456789\u007fabcdef")]
    public void What_is_no_key_is_a_mistake_that_names_the_setting_and_the_rule_and_not_the_key(string key)
    {
        var mistake = Assert.Single(Mistakes(("Paxos:Http:ReadKeys:3", key)));
        Assert.Contains("Paxos:Http:ReadKeys:3 ", mistake);
        Assert.Contains("16 to 512 visible ASCII characters", mistake);
        Assert.DoesNotContain("0123456789", mistake);
    }

    [Fact]
    public void A_key_is_at_most_512_characters() =>
        Assert.Contains("512", Assert.Single(Mistakes(("Paxos:Http:ReadWriteKeys:0", new string('x', 513)))));

    [Theory]
    [InlineData("Paxos:Http:ReadWriteKeys:0", "Paxos:Http:ReadWriteKeys:1")]
    [InlineData("Paxos:Http:ReadWriteKeys:0", "Paxos:Http:ReadKeys:0")]
    [InlineData("Paxos:Http:ReadKeys:0", "Paxos:Http:ReadKeys:1")]
    public void A_key_that_stands_twice_is_a_mistake(string first, string second)
    {
        var mistake = Assert.Single(Mistakes((first, Key), (second, Key)));
        Assert.StartsWith($"{second} is the same key as {first}.", mistake);
        Assert.DoesNotContain(Key, mistake);
    }

    [Theory]
    [InlineData("Paxos:Http", "Paxos:Http is a section")]
    [InlineData("Paxos:Http:ReadWriteKeys", "Paxos:Http:ReadWriteKeys is a list: set Paxos:Http:ReadWriteKeys:0")]
    [InlineData("Paxos:Http:ReadKeys", "Paxos:Http:ReadKeys is a list")]
    [InlineData("Paxos:Http:Keys:0", "'Paxos:Http:Keys'")]
    public void A_key_in_the_wrong_place_is_a_mistake_and_not_silently_no_key(string path, string expected)
    {
        var mistake = Assert.Single(Mistakes((path, Key)));
        Assert.Contains(expected, mistake);
        Assert.DoesNotContain(Key, mistake);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1000001")]
    public void The_number_of_connections_has_bounds(string number) =>
        Assert.Contains("from 1 to 1000000", Assert.Single(Mistakes(("Paxos:Http:MaxConnections", number))));

    [Fact]
    public void The_memory_for_answers_is_an_eighth_of_what_there_is_or_as_set()
    {
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, Read().AnswerMemoryBytes);
        Assert.Equal(2_000_000, Read(("Paxos:Http:AnswerMemoryBytes", "2000000")).AnswerMemoryBytes);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1048575")]
    [InlineData("1099511627777")]
    [InlineData("64 MiB")]
    public void The_memory_for_answers_has_bounds(string number) =>
        Assert.Contains("from 1048576 to 1099511627776", Assert.Single(Mistakes(("Paxos:Http:AnswerMemoryBytes", number))));

    [Fact]
    public void The_number_of_connections_is_read() => Assert.Equal(7, Read(("Paxos:Http:MaxConnections", "7")).MaxConnections);

    [Theory]
    [InlineData("https://console.example")]
    [InlineData("http://localhost:3000")]
    [InlineData("https://console.example:8443")]
    [InlineData("http://192.0.2.1")]
    [InlineData("http://[::1]:3000")]
    [InlineData("https://xn--bcher-kva.example")]
    public void An_origin_is_read_as_a_browser_sends_it(string origin) =>
        Assert.Equal([origin], Read(("Paxos:Http:AllowedOrigins:0", origin)).AllowedOrigins);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("console.example")]
    [InlineData("https://console.example/")]
    [InlineData("https://console.example/path")]
    [InlineData("https://console.example:443")]
    [InlineData("https://Console.example")]
    [InlineData("HTTPS://console.example")]
    [InlineData("https://bücher.example")]
    [InlineData("https://*.example")]
    [InlineData("https://user@console.example")]
    [InlineData(" https://console.example")]
    [InlineData("ftp://console.example")]
    [InlineData("file:///")]
    [InlineData("https://")]
    [InlineData(Key)]
    public void What_is_no_origin_is_a_mistake_that_says_how_one_is_written(string origin)
    {
        var mistake = Assert.Single(Mistakes(("Paxos:Http:AllowedOrigins:2", origin)));
        Assert.StartsWith("Paxos:Http:AllowedOrigins:2 is no origin", mistake);
        Assert.Contains("https://console.example", mistake);
        Assert.DoesNotContain(Key, mistake);
    }

    [Fact]
    public void No_origin_is_allowed_by_default() => Assert.Empty(Read().AllowedOrigins);

    [Theory]
    [InlineData("Paxos:Url", "http://0.0.0.0:8080")]
    [InlineData("Paxos:Url", "http://192.0.2.1:8080")]
    [InlineData("Paxos:Url", "http://[::]:8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://0.0.0.0:8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "https://[::]:8443")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://*:8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://+:8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://example.org:8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://localhost.example.org:8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "HTTPS://10.0.0.1")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://127.0.0.1.example.org:8080")]
    public void What_other_machines_can_reach_needs_a_key_that_may_write(string setting, string url)
    {
        var mistake = Assert.Single(Mistakes((setting, url)));
        Assert.Contains(setting == "Paxos:Url" ? "Url (--url)" : setting, mistake);
        Assert.Contains("PAXOS__HTTP__READWRITEKEYS__0", mistake);
        Assert.Single(Mistakes((setting, url), ("Paxos:Http:ReadKeys:0", Key)));
        Read((setting, url), ("Paxos:Http:ReadWriteKeys:0", Key));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.9.9.9:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://LOCALHOST:8080")]
    [InlineData("https://[::1]:8443")]
    [InlineData("http://unix:/run/paxos.sock")]
    public void What_only_this_machine_can_reach_does_not(string url) =>
        Assert.True(Assert.Single(Read(("Kestrel:Endpoints:Web:Url", url)).Listen.Addresses).IsLoopback);

    [Fact]
    public void One_address_that_others_can_reach_is_enough_to_refuse()
    {
        var mistake = Assert.Single(Mistakes(("Kestrel:Endpoints:A:Url", "http://127.0.0.1:1"), ("Kestrel:Endpoints:B:Url", "http://0.0.0.0:2"), ("Kestrel:Endpoints:C:Url", "http://[::1]:3")));
        Assert.StartsWith("Kestrel:Endpoints:B:Url ", mistake);
    }

    [Fact]
    public void Endpoints_take_the_place_of_the_url()
    {
        var listen = Read(("Kestrel:Endpoints:A:Url", "http://127.0.0.1:1"), ("Kestrel:Endpoints:B:Url", "https://127.0.0.1:2")).Listen;
        Assert.Null(listen.Url);
        Assert.Equal([(1, false), (2, true)], listen.Addresses.Select(address => (address.Port, address.IsEncrypted)));
    }

    [Theory]
    [InlineData("Paxos:Url", "http://127.0.0.1:3", "Leave Url out")]
    [InlineData("Kestrel:Endpoints:B:Protocols", "Http1", "Kestrel:Endpoints:B:Url is missing")]
    [InlineData("Kestrel:Endpoints:B:Url", "127.0.0.1:3", "http:// or https://")]
    [InlineData("Kestrel:Endpoints:B:Url", "ftp://127.0.0.1:3", "http:// or https://")]
    [InlineData("Kestrel:Endpoints:B:Url", "http://127.0.0.1:3/path", "without a path")]
    [InlineData("Kestrel:Endpoints:B:Url", "http://localhost:0", "a port")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", "3", "Paxos:Http:MaxConnections")]
    public void A_mistake_beside_an_endpoint_is_named(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Single(Mistakes(("Kestrel:Endpoints:A:Url", "http://127.0.0.1:1"), (key, value))));

    private static HttpSettings Read(params (string Key, string? Value)[] settings) =>
        SettingsReader.Read(Configuration(settings)).Http;

    private static IReadOnlyList<string> Mistakes(params (string Key, string? Value)[] settings) =>
        Assert.Throws<SettingsException>(() => Read(settings)).Mistakes;

    private static IConfiguration Configuration((string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => pair.Value)).Build();
}
