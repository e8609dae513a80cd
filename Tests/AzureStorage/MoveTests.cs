using System.Net;
using System.Text;
using System.Text.Json;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Tests.Cli;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Moves settings from SQLite to storage accounts as <c>docs/import-export.md</c> describes.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class MoveTests : IDisposable
{
    private const string Shape = "app/~shape";
    private const string Settings =
        """
        {
          "Logging": { "LogLevel": { "Default": "Information" } },
          "Hosts": ["north", "south"],
          "Port": 8080, "Ratio": 1.50, "On": true, "Five": "5", "Nothing": null, "Empty": {},
          "odd/key #1": "x",
          "Old": "y"
        }
        """;

    private static readonly string Odd = "\0\t\r\n\"\\\u2028é☃😀" + new string(' ', 3);
    private static readonly string Large = string.Concat(Enumerable.Range(0, 200 * 1024 / 8).Select(number => $"{number:d8}"));
    private static readonly byte[] Binary = [0xFF, 0x00, 0xFE, .. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private readonly string _folder = Directory.CreateTempSubdirectory("move-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Settings_written_under_sqlite_move_to_accounts_and_begin_at_version_1()
    {
        await using var accounts = await StorageAccounts.StartAsync(durable: true);
        var file = InFolder("settings.json");
        var old = await WriteUnderSqliteAsync(file);

        var environment = AccountEnvironment.Of(accounts.All.Select(account => account.ConnectionString));
        await using (var silo = await SiloUnderTest.ServeAsync(InFolder("azure"), environment))
        {
            var import = (await PaxosAsync(silo, "import", file, "--prefix", "app/")).Succeeded();
            Assert.Equal(old.Keys.Select(name => $"created {name} version 1"), import.Lines[..^1].Order(StringComparer.Ordinal));
            Assert.Equal($"{old.Count} created, 0 changed, 0 unchanged, 0 failed", import.Lines[^1]);
            Assert.Equal("version 1\n", (await new CliRun { Input = Binary }.RunAsync("set", "app/Binary", "-", "--url", UrlOf(silo))).Succeeded().Output);
            await AssertMovedAsync(silo, old);
            Assert.Equal(0, await silo.StopAsync());
        }

        var readBefore = await ReadsAsync(accounts);
        await using var again = await SiloUnderTest.ServeAsync(InFolder("azure"), environment);
        await AssertMovedAsync(again, old);
        Assert.True(await ReadsAsync(accounts) > readBefore, "Nothing was read from the accounts.");
        Assert.False(Directory.Exists(InFolder("azure/a1")));

        await PaxosAsync(again, "delete", "app/Binary");
        (await PaxosAsync(again, "export", "--prefix", "app/", "--out", InFolder("again.json"))).Succeeded();
        Assert.Equal(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(InFolder("again.json")));
    }

    /// <summary>Writes settings, exports them and stops the silo.</summary>
    /// <returns>The exported settings.</returns>
    private async Task<SortedDictionary<string, Stored>> WriteUnderSqliteAsync(string file)
    {
        await using var silo = await SiloUnderTest.ServeAsync(InFolder("sqlite"));
        var run = new CliRun { Input = Encoding.UTF8.GetBytes(Settings) };
        (await run.RunAsync("import", "-", "--prefix", "app/", "--url", UrlOf(silo))).Succeeded();
        await PutAsync(silo, "app/Port", "8081"u8.ToArray());
        await PutAsync(silo, "app/Port", "8082"u8.ToArray());
        await PutAsync(silo, "app/Odd", Encoding.UTF8.GetBytes(Odd));
        await PutAsync(silo, "app/Large", "small"u8.ToArray());
        await PutAsync(silo, "app/Large", Encoding.UTF8.GetBytes(Large));
        await PutAsync(silo, "app/Binary", Binary);
        (await PaxosAsync(silo, "delete", "app/Old")).Succeeded();

        (await PaxosAsync(silo, "export", "--prefix", "app/", "--out", file)).Failed(ExitCode.BadArgument, "'app/Binary'", "not UTF-8");
        Assert.Equal(Binary, (await PaxosAsync(silo, "get", "app/Binary")).Succeeded().Bytes);
        (await PaxosAsync(silo, "delete", "app/Binary")).Succeeded();
        (await PaxosAsync(silo, "export", "--prefix", "app/", "--out", file)).Succeeded();

        var stored = await StoredAsync(silo);
        Assert.Equal(("8082", 3), (stored["app/Port"].Value, stored["app/Port"].Version));
        Assert.Equal((Large, 2), (stored["app/Large"].Value, stored["app/Large"].Version));
        Assert.Equal(Odd, stored["app/Odd"].Value);
        Assert.Equal(0, await silo.StopAsync());
        return stored;
    }

    /// <summary>Checks that every setting has its previous value and that there is nothing else. The binary value was moved separately.</summary>
    private static async Task AssertMovedAsync(SiloUnderTest silo, SortedDictionary<string, Stored> old)
    {
        var moved = await StoredAsync(silo);
        Assert.Equal(new Stored(Convert.ToBase64String(Binary), "base64", 1), moved["app/Binary"]);
        moved.Remove("app/Binary");
        Assert.Equal(old.ToDictionary(entry => entry.Key, entry => entry.Value with { Version = 1 }), moved);
        Assert.Equal(HttpStatusCode.NotFound, (await silo.Http.GetAsync("/v1/registers/app/Old")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.GetAsync("/health/ready")).StatusCode);
    }

    /// <summary>Gets all settings of a silo, without the register that stores their shape.</summary>
    private static async Task<SortedDictionary<string, Stored>> StoredAsync(SiloUnderTest silo)
    {
        var stored = new SortedDictionary<string, Stored>(StringComparer.Ordinal);
        var names = JsonDocument.Parse(await silo.Http.GetStringAsync("/v1/registers?prefix=app/")).RootElement.EnumerateArray().Select(name => name.GetString()!);
        foreach (var name in names.Where(name => name != Shape))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/registers/{Uri.EscapeDataString(name)}");
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await silo.Http.SendAsync(request);
            var envelope = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            stored[name] = new Stored(envelope.GetProperty("value").GetString()!, envelope.GetProperty("encoding").GetString()!, envelope.GetProperty("version").GetInt64());
        }

        return stored;
    }

    private static async Task PutAsync(SiloUnderTest silo, string name, byte[] value) =>
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.PutAsync($"/v1/registers/{name}", new ByteArrayContent(value))).StatusCode);

    private static Task<CliResult> PaxosAsync(SiloUnderTest silo, params string[] arguments) => new CliRun().RunAsync([.. arguments, "--url", UrlOf(silo)]);

    private static async Task<int> ReadsAsync(StorageAccounts accounts) =>
        (await Task.WhenAll(accounts.All.Select(account => account.RequestsAsync()))).Sum(requests => requests.Count(request => request == "GET 200"));

    private static string UrlOf(SiloUnderTest silo) => silo.Http.BaseAddress!.ToString();

    private string InFolder(string name) => Path.Combine(_folder, name);

    private sealed record Stored(string Value, string Encoding, long Version);
}
