using System.Net;
using Orleans.Paxos.Verification;

namespace Orleans.Paxos.Tests.Silo.Local;

/// <summary>The program with accounts in Azure, none of which answers.</summary>
[Collection(nameof(ProcessTests))]
public sealed class AzureStartTests : IDisposable
{
    private readonly string _data = Path.Combine(Directory.CreateTempSubdirectory("azure-").FullName, "data");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_data)!, recursive: true);

    [Fact]
    public async Task It_starts_makes_nothing_local_and_says_whose_accounts_fail()
    {
        Assert.SkipUnless(AzureHosting.IsBuilt, "This build has no Azure storage.");
        var environment = new Dictionary<string, string> { ["PAXOS__STORAGE"] = "azure-table", ["PAXOS__AZURE__TABLE"] = "registers" };
        foreach (var acceptor in new[] { "a1", "a2", "a3" })
            environment[$"PAXOS__AZURE__ACCOUNTS__{acceptor}__CONNECTIONSTRING"] = $"AccountName={acceptor}account;AccountKey={SettingsOf.CanaryKey};TableEndpoint=http://127.0.0.1:9/{acceptor}account";
        await using var silo = await SiloProcess.ServeAsync(_data, environment);
        Assert.Contains("listens at", silo.Output);
        Assert.Contains("Data: azure-table, account a1account, account a2account, account a3account, table registers ", silo.Output);
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await silo.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains("storage-unavailable", await silo.Http.GetStringAsync("/v1/status", TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(_data));
        Assert.Contains("The storage 'paxos' (azure-table, account a2account, table registers) does not answer", silo.Errors);
        Assert.DoesNotContain(SettingsOf.CanaryKey, silo.Output + silo.Errors);
    }
}
