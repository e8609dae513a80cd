using System.Net;
using Orleans.Paxos.Silo;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Deploy;

public sealed class ComposeTests
{
    private readonly Yaml _file = Yaml.Documents(DeployedFiles.At("deploy", "compose.yaml")).Single();

    private string[] Silos => [.. _file["services"].Keys.Where(name => name.StartsWith("silo-"))];

    private string[] Azurites => [.. _file["services"].Keys.Where(name => name.StartsWith("azurite-"))];

    [Fact]
    public void Each_silo_is_an_acceptor_of_the_same_three_and_reached_by_its_name()
    {
        Assert.Equal(3, Silos.Length);
        Assert.All(Silos, silo =>
        {
            var settings = Settings(silo);
            Assert.Equal([silo], settings.Silos);
            Assert.Equal(Silos, settings.Paxos.Acceptors);
            Assert.Equal((silo, silo), (settings.Address, Service(silo)["hostname"].Text));
            Assert.Equal((StorageKind.AzureTable, null), (settings.Storage, settings.MembershipFile));
        });
    }

    [Fact]
    public void Each_silo_has_an_account_of_its_own_at_an_Azurite_that_serves_it()
    {
        var accounts = Silos.Select(silo => Settings(silo).Azure.Accounts[silo].ConnectionString!).ToList();
        var members = Silos.Select(silo => Settings(silo).Azure.Membership!.ConnectionString!).Distinct().ToList();
        Assert.Equal(Azurites, accounts.Select(AzuriteOf));
        Assert.Equal(3, accounts.Distinct().Count());
        Assert.Equal(Azurites[0], AzuriteOf(Assert.Single(members)));
    }

    [Fact]
    public void Http_is_published_to_this_machine_only()
    {
        var published = Silos.Select(silo => Assert.Single(Service(silo)["ports"].Texts).Split(':')).ToList();
        Assert.Equal(["8081", "8082", "8083"], published.Select(parts => parts[1]));
        Assert.All(published, parts => Assert.Equal(($"{IPAddress.Loopback}", $"{Settings(Silos[0]).HttpPort()}"), (parts[0], parts[2])));
        Assert.All(Azurites, azurite => Assert.False(Service(azurite)["ports"].Exists));
    }

    [Fact]
    public void The_key_is_a_file_that_is_not_in_the_repository()
    {
        foreach (var secret in _file["secrets"].Keys)
        {
            Assert.Equal($"./secrets/{secret}", _file["secrets"][secret]["file"].Text);
            Assert.Contains(secret, File.ReadAllText(DeployedFiles.At("deploy", "README.md")));
        }

        Assert.Contains("deploy/secrets/", File.ReadAllLines(DeployedFiles.At(".gitignore")));
        Assert.All(Silos, silo => Assert.Equal("/run/secrets", Service(silo)["environment"]["PAXOS__SECRETSDIRECTORY"].Text));
    }

    [Fact]
    public void Each_silo_starts_after_the_Azurites_it_needs()
    {
        foreach (var silo in Silos)
        {
            var settings = Settings(silo).Azure;
            var needed = new[] { settings.Accounts[silo].ConnectionString!, settings.Membership!.ConnectionString! }.Select(AzuriteOf).Distinct().Order();
            Assert.Equal(needed, Service(silo)["depends_on"].Keys.Order());
            Assert.All(needed, azurite => Assert.Equal("service_healthy", Service(silo)["depends_on"][azurite]["condition"].Text));
        }

        Assert.All(Azurites, azurite => Assert.True(Service(azurite)["healthcheck"]["test"].Exists));
    }

    [Fact]
    public void A_silo_is_built_from_the_Dockerfile_checked_by_the_program_and_has_no_rights()
    {
        Assert.All(Silos, silo =>
        {
            var service = Service(silo);
            Assert.True(File.Exists(DeployedFiles.At("deploy", service["build"]["context"].Text, service["build"]["dockerfile"].Text)));
            Assert.Equal(["CMD", "dotnet", $"{typeof(SiloProgram).Assembly.GetName().Name}.dll", HealthCheck.Option], service["healthcheck"]["test"].Texts);
            Assert.Equal("true", service["read_only"].Text);
            Assert.Equal(["ALL"], service["cap_drop"].Texts);
            Assert.False(service["user"].Exists);
        });
    }

    private Yaml Service(string name) => _file["services"][name];

    private SiloSettings Settings(string silo)
    {
        var secrets = Service(silo)["secrets"].Texts;
        Assert.All(secrets, secret => Assert.True(_file["secrets"][secret].Exists, secret));
        return DeployedSettings.Read(Service(silo)["environment"].Map, secrets.Select(secret => KeyValuePair.Create(secret, "0123456789abcdef")));
    }

    /// <summary>Gets the Azurite service that a connection string names, and checks its account, key and port.</summary>
    private string AzuriteOf(string connectionString)
    {
        var parts = connectionString.Split(';').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var endpoint = new Uri(parts["TableEndpoint"]);
        var azurite = Service(endpoint.Host);
        Assert.Equal($"{parts["AccountName"]}:{parts["AccountKey"]}", azurite["environment"]["AZURITE_ACCOUNTS"].Text);
        Assert.Equal($"/{parts["AccountName"]}", endpoint.AbsolutePath);
        Assert.Contains($"--tablePort {endpoint.Port} ", azurite["command"].Text);
        return endpoint.Host;
    }
}
