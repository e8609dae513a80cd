using Orleans.Paxos.Silo.Settings;
using Orleans.Paxos.Tests.Http;
using Orleans.Paxos.Tests.Silo;

namespace Orleans.Paxos.Tests.Deploy;

public sealed class KubernetesTests(HttpHost host) : IClassFixture<HttpHost>
{
    private const string Example = "secret.example.yaml";

    private readonly Dictionary<string, Yaml[]> _files = Directory.GetFiles(DeployedFiles.At("deploy", "kubernetes"), "*.yaml")
        .ToDictionary(file => Path.GetFileName(file), Yaml.Documents);

    private Yaml Set => Only("StatefulSet")["spec"];

    private Yaml Pod => Set["template"]["spec"];

    private Yaml Silo => Assert.Single(Pod["containers"].Items);

    private string[] Names => [.. Enumerable.Range(0, Set["replicas"].Number).Select(index => $"{Only("StatefulSet")["metadata"]["name"].Text}-{index}")];

    private Dictionary<string, int> Ports => Silo["ports"].Items.ToDictionary(port => port["name"].Text, port => port["containerPort"].Number);

    [Fact]
    public void Each_pod_is_an_acceptor_of_its_own_name_with_an_account_of_its_own()
    {
        Assert.Equal(3, Names.Length);
        Assert.All(Names, name =>
        {
            var settings = Settings(name);
            Assert.Equal([name], settings.Silos);
            Assert.Equal(Names, settings.Paxos.Acceptors);
            Assert.Equal(("10.1.2.3", StorageKind.AzureTable, null), (settings.Address, settings.Storage, settings.MembershipFile));
            Assert.Contains(name, settings.Azure.Accounts[name].ConnectionString);
        });
    }

    [Fact]
    public void The_example_of_a_secret_is_refused_until_it_is_filled_in()
    {
        var exception = Assert.Throws<SettingsException>(() => DeployedSettings.Read(Variables(Names[0]), Only("Secret")["stringData"].Map));
        Assert.Contains(exception.Mistakes, mistake => mistake.Contains("Paxos:Http:ReadWriteKeys:0"));
        Assert.Contains(exception.Mistakes, mistake => mistake.Contains("names no account"));
    }

    [Fact]
    public void The_secret_is_mounted_where_it_is_read_and_made_as_the_readme_says()
    {
        var volume = Pod["volumes"].Items.Single(volume => volume["secret"].Exists);
        var mount = Silo["volumeMounts"].Items.Single(mount => mount["name"].Text == volume["name"].Text);
        Assert.Equal(Variables(Names[0])["PAXOS__SECRETSDIRECTORY"], mount["mountPath"].Text);
        Assert.Equal(Only("Secret")["metadata"]["name"].Text, volume["secret"]["secretName"].Text);
        var readme = File.ReadAllText(DeployedFiles.At("deploy", "README.md"));
        Assert.All(Only("Secret")["stringData"].Keys, key => Assert.Contains($"--from-literal={key}=", readme));
        Assert.Contains($"create secret generic {volume["secret"]["secretName"].Text} ", readme);
    }

    [Fact]
    public void The_ports_are_those_of_the_settings()
    {
        Assert.Equal(new Dictionary<string, int> { ["http"] = Settings(Names[0]).HttpPort(), ["silo"] = SiloSettings.DefaultSiloPort, ["gateway"] = SiloSettings.DefaultGatewayPort }, Ports);
        var served = Documents("Service").SelectMany(service => service["spec"]["ports"].Items).ToList();
        Assert.Equal(Ports, served.ToDictionary(port => port["targetPort"].Text, port => port["port"].Number));
    }

    [Fact]
    public void Only_the_silos_reach_the_ports_without_authentication()
    {
        var policy = Only("NetworkPolicy")["spec"];
        Assert.Equal(["Ingress"], policy["policyTypes"].Texts);
        AssertSelects(policy["podSelector"]);
        Assert.Equal(2, policy["ingress"].Items.Length);
        var (closed, open) = (policy["ingress"].Items[0], policy["ingress"].Items[1]);
        AssertSelects(Assert.Single(closed["from"].Items)["podSelector"]);
        Assert.Equal(["podSelector"], closed["from"].Items[0].Keys);
        Assert.Equal(["gateway", "silo"], closed["ports"].Items.Select(port => port["port"].Text).Order());
        Assert.Equal("http", Assert.Single(open["ports"].Items)["port"].Text);
    }

    [Fact]
    public async Task A_pod_without_a_majority_gets_no_requests_and_is_not_restarted()
    {
        Assert.Equal("/health/ready", Probe("readinessProbe"));
        host.Registers.Failure = new QuorumUnavailableException(["paxos-0"], 2);
        Assert.False((await host.Client.GetAsync(Probe("readinessProbe"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        Assert.True((await host.Client.GetAsync(Probe("livenessProbe"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        Assert.True((await host.Client.GetAsync(Probe("startupProbe"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        host.Registers.Failure = null;
        Assert.True((await host.Client.GetAsync(Probe("readinessProbe"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }

    [Fact]
    public void Acceptors_meet_at_the_first_start_before_any_is_ready()
    {
        Assert.Equal("Parallel", Set["podManagementPolicy"].Text);
        var headless = Documents("Service").Single(service => service["spec"]["clusterIP"].Exists);
        Assert.Equal((Set["serviceName"].Text, "None", "true"), (headless["metadata"]["name"].Text, headless["spec"]["clusterIP"].Text, headless["spec"]["publishNotReadyAddresses"].Text));
    }

    [Fact]
    public void A_disruption_leaves_a_majority()
    {
        var budget = Only("PodDisruptionBudget")["spec"];
        AssertSelects(budget["selector"]);
        Assert.True(Names.Length - budget["maxUnavailable"].Number >= new AcceptorSet(Names, 1).Majority);
        AssertSelects(Assert.Single(Pod["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"].Items)["labelSelector"]);
        AssertSelects(Assert.Single(Pod["topologySpreadConstraints"].Items)["labelSelector"]);
    }

    [Fact]
    public void It_runs_without_rights_and_writes_nothing()
    {
        Assert.Equal(("true", new Dockerfile().Only("USER")), (Pod["securityContext"]["runAsNonRoot"].Text, Pod["securityContext"]["runAsUser"].Text));
        Assert.Equal(("false", "true"), (Silo["securityContext"]["allowPrivilegeEscalation"].Text, Silo["securityContext"]["readOnlyRootFilesystem"].Text));
        Assert.Equal(["ALL"], Silo["securityContext"]["capabilities"]["drop"].Texts);
        Assert.Equal("false", Pod["automountServiceAccountToken"].Text);
    }

    [Fact]
    public void Everything_but_the_example_is_applied_and_selects_the_same_pods()
    {
        var kustomization = Assert.Single(_files["kustomization.yaml"]);
        Assert.Equal(_files.Keys.Except([Example, "kustomization.yaml"]).Order(), kustomization["resources"].Texts.Order());
        Assert.Equal(Silo["image"].Text, Assert.Single(kustomization["images"].Items)["name"].Text);
        AssertSelects(Set["selector"]);
        Assert.All(Documents("Service"), service => Assert.Equal(Set["template"]["metadata"]["labels"].Map, service["spec"]["selector"].Map));
    }

    private IEnumerable<Yaml> Documents(string kind) => _files.Values.SelectMany(documents => documents).Where(document => document["kind"].Text == kind);

    private Yaml Only(string kind) => Documents(kind).Single();

    private string Probe(string name)
    {
        var request = Silo[name]["httpGet"];
        Assert.Equal("http", request["port"].Text);
        Assert.Contains(host.Paths, path => path.RoutePattern.RawText == request["path"].Text);
        return request["path"].Text;
    }

    private void AssertSelects(Yaml selector) => Assert.Equal(Set["template"]["metadata"]["labels"].Map, selector["matchLabels"].Map);

    private SiloSettings Settings(string name) => DeployedSettings.Read(Variables(name), Only("Secret")["stringData"].Keys.Select(key => KeyValuePair.Create(key, ValueOf(key))));

    private Dictionary<string, string> Variables(string name) => Silo["env"].Items.ToDictionary(
        variable => variable["name"].Text,
        variable => variable["value"].Exists ? variable["value"].Text : variable["valueFrom"]["fieldRef"]["fieldPath"].Text switch
        {
            "metadata.name" => name,
            "status.podIP" => "10.1.2.3",
            var other => throw new InvalidOperationException(other),
        });

    private static string ValueOf(string key) => key.EndsWith("CONNECTIONSTRING") ? SettingsOf.Account(key.Split("__")[^2]) : "0123456789abcdef";
}
