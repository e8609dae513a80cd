using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Deploy;

/// <summary>The configuration that docs/operations.md recommends.</summary>
public sealed class OperationsTests
{
    private readonly string _text = File.ReadAllText(DeployedFiles.At("docs", "operations.md"));

    [Fact]
    public void The_example_is_one_silo_of_three_regions()
    {
        var json = Regex.Match(_text, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var example = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build().AsEnumerable();
        var settings = DeployedSettings.Read(
            example.Where(pair => pair.Value is not null && !pair.Key.EndsWith("SecretsDirectory")).Select(pair => KeyValuePair.Create(pair.Key.ToUpperInvariant(), pair.Value!)),
            [new("PAXOS__HTTP__READWRITEKEYS__0", "0123456789abcdef")]);
        Assert.Equal(["west", "north", "east"], settings.Paxos.Acceptors);
        Assert.Equal(("west", StorageKind.AzureTable), (Assert.Single(settings.Silos), settings.Storage));
        Assert.Same(settings.Azure.Accounts["west"], Assert.Single(settings.Azure.Accounts).Value);
        Assert.NotNull(settings.Azure.Membership);
    }

    [Fact]
    public void Its_numbers_are_those_of_the_code()
    {
        var options = new PaxosOptions();
        Assert.Contains($"`SiloPort`, `GatewayPort` | {SiloSettings.DefaultSiloPort} and {SiloSettings.DefaultGatewayPort} ", _text);
        Assert.Contains($"`ReplacedBytesInRecord` ({options.ReplacedBytesInRecord:N0} bytes)", _text);
        Assert.Contains($"*v* ≤ {options.ReplacedBytesInRecord / (options.HistoryEntries - 1)}", _text);
        Assert.Contains($"`AcceptorMemoryBytes` ({options.AcceptorMemoryBytes >> 20} MiB)", _text);
        Assert.Contains($"`AcceptorTimeout` ({options.AcceptorTimeout.TotalSeconds:0} s)", _text);
        Assert.Contains($"{1 / options.WatchRefresh.TotalSeconds:0} a second (`WatchRefresh`)", _text);
    }

    [Fact]
    public void It_names_every_standing_of_an_acceptor() =>
        Assert.All(Enum.GetNames<AcceptorStanding>(), standing => Assert.Contains($"`{Regex.Replace(standing, "(?<=.)([A-Z])", "-$1").ToLowerInvariant()}`", _text));
}
