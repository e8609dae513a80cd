using System.Text.Json;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>
/// Three silo processes as in three regions, each with its own account. The membership is in the first account. A silo is lost
/// and comes back at another address; then the account with the membership is lost and comes back.
/// </summary>
[Collection(nameof(AzuriteTests))]
public sealed class CloudTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int WritersOfASilo = 4;
    private const string Victim = "a3";

    private static readonly string[] Names = ["a1", "a2", Victim];

    private readonly string _data = Directory.CreateTempSubdirectory("cloud-").FullName;
    private readonly Dictionary<string, SiloUnderTest> _silos = [];
    private StorageAccounts? _accounts;

    public async ValueTask InitializeAsync()
    {
        _accounts = await StorageAccounts.StartAsync(durable: true);
        await Task.WhenAll(Names.Select(StartAsync));
        await UntilAllVoteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.Values)
            await silo.DisposeAsync();
        if (_accounts is not null)
            await _accounts.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_silo_and_then_the_account_with_the_membership_are_lost_and_no_write_through_another_silo_fails()
    {
        // Registers are placed on the silo of their first write, which here is the silo that will be killed.
        var survivors = Names.Where(name => name != Victim).ToArray();
        var registers = survivors.SelectMany(silo => Enumerable.Range(0, WritersOfASilo).Select(writer => (Silo: silo, Register: $"{silo}/{writer}"))).ToArray();
        foreach (var (_, register) in registers)
            Assert.True((await _silos[Victim].Http.PutAsync($"/v1/registers/{register}", new StringContent("first"))).IsSuccessStatusCode);

        var load = new HttpLoad([.. registers.Select(register => (_silos[register.Silo].Http, register.Register))]);
        await load.RunForAsync(writes: 300);

        load.Begin("silo killed");
        var place = _silos[Victim].Http.BaseAddress;
        await _silos[Victim].DisposeAsync();
        await load.RunForAsync(writes: 500);
        load.Begin("silo back");
        await StartAsync(Victim);
        Assert.NotEqual(place, _silos[Victim].Http.BaseAddress);
        await UntilAllVoteAsync();
        await load.RunForAsync(writes: 300);

        load.Begin("account with the membership killed");
        await _accounts![0].KillAsync();
        await load.RunForAsync(writes: 500);
        load.Begin("account back");
        await _accounts[0].StartAgainAsync();
        await UntilAllVoteAsync();
        await load.RunForAsync(writes: 300);
        await load.StopAsync();

        output.WriteLine(load.Describe());
        Assert.Empty(load.Failures);
        foreach (var silo in _silos.Values)
            await load.VerifyAsync(silo.Http);
    }

    private async Task StartAsync(string name)
    {
        var environment = new Dictionary<string, string>
        {
            ["PAXOS__STORAGE"] = "azure-table",
            [$"PAXOS__AZURE__ACCOUNTS__{name}__CONNECTIONSTRING"] = _accounts![Array.IndexOf(Names, name)].ConnectionString,
            ["PAXOS__AZURE__MEMBERSHIP__CONNECTIONSTRING"] = _accounts[0].ConnectionString,
        };
        var silo = await SiloUnderTest.ServeAsync(_data, environment, "--silo", name, "--acceptor-set", string.Join(',', Names));
        lock (_silos)
            _silos[name] = silo;
    }

    /// <summary>Waits until every silo reports that all acceptors vote.</summary>
    private async Task UntilAllVoteAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        foreach (var silo in _silos.Values)
        {
            while (!IsAllVoting(await silo.Http.GetStringAsync("/v1/status", patience.Token)))
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    private static bool IsAllVoting(string status) => JsonDocument.Parse(status).RootElement.GetProperty("acceptors").EnumerateArray()
        .Count(acceptor => acceptor.GetProperty("standing").GetString() == "voting") == Names.Length;
}
