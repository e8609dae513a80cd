using Orleans.Paxos.Tests.AzureStorage;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>A process that is told to stop does so, whatever still uses it.</summary>
[Collection(nameof(ProcessTests))]
public sealed class StopTests : IDisposable
{
    private const int Watches = 20;

    /// <summary>A limit that detects a hang. It does not measure performance.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _data = Directory.CreateTempSubdirectory("stop-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Open_watches_end_and_every_silo_stops_by_itself()
    {
        await using var silo = await SiloUnderTest.ServeAsync(_data);
        var watches = await Task.WhenAll(Enumerable.Range(0, Watches).Select(number => silo.Http.GetStreamAsync($"/v1/watch/x{number}")));
        var ends = watches.Select(async watch =>
        {
            using var reader = new StreamReader(watch);
            await reader.ReadToEndAsync();
        }).ToArray();
        Assert.DoesNotContain(ends, end => end.IsCompleted);

        Assert.Equal((0, ""), (await silo.StopAsync().WaitAsync(Patience), silo.Errors)); // a silo that is left behind is an error line
        await Task.WhenAll(ends).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_membership_table_that_is_gone_does_not_keep_it()
    {
        await using var account = await StorageAccount.StartAsync();
        var environment = new Dictionary<string, string> { ["PAXOS__AZURE__MEMBERSHIP__CONNECTIONSTRING"] = account.ConnectionString };
        await using var silo = await SiloUnderTest.ServeAsync(_data, environment, "--silo", "a1", "--acceptor-set", "a1");
        await account.KillAsync();
        Assert.Equal(0, await silo.StopAsync().WaitAsync(Patience));
        Assert.Contains("did not stop within 15 s", silo.Errors);
    }

    [Fact]
    public async Task A_membership_file_that_is_gone_does_not_keep_it()
    {
        await using var silo = await SiloUnderTest.ServeAsync(_data, null, "--silo", "a1", "--acceptor-set", "a1", "--membership", Path.Combine(_data, "members", "members.db"));
        Directory.Delete(Path.Combine(_data, "members"), recursive: true);
        Assert.Equal(0, await silo.StopAsync().WaitAsync(Patience));
    }
}
