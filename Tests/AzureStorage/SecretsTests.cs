using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>
/// First the account of an acceptor rejects its credentials, then an account is gone, while the program logs at every level.
/// The output and the responses show the problem of each acceptor and contain no part of any credential.
/// </summary>
public sealed partial class SecretsTests : IDisposable
{
    private const string Canary = "a canary of a secret that stands nowhere else";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Refused = "it refused the credentials (403";
    private const string Gone = "it cannot be reached (ConnectionRefused)";

    private static readonly string CanaryKey = Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary));

    /// <summary>Credential parts without characters that URLs or JSON would escape.</summary>
    private static readonly string[] Secrets =
    [
        Canary, CanaryKey.TrimEnd('='), StorageAccount.Key[..40], "AccountKey", "AccountName=", "SharedAccessSignature", "SharedKey", "sig=",
    ];

    private readonly string _data = Directory.CreateTempSubdirectory("secrets-").FullName;
    private readonly StringBuilder _collected = new();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task No_part_of_a_credential_is_in_the_log_or_in_an_answer()
    {
        await using var accounts = await StorageAccounts.StartAsync(durable: true);
        var right = accounts.All.Select(account => account.ConnectionString).ToArray();
        await BeginAsync(right);
        await LogAllAsync(accounts, right, accounts[1].ConnectionStringWith(CanaryKey));
        await accounts[0].StartAgainAsync();
        await LogAllAsync(accounts, right, accounts[1].ConnectionStringWithSignature(CanaryKey));
    }

    /// <summary>Runs a silo whose second account refuses it and whose first account is lost, and searches all that it says.</summary>
    private async Task LogAllAsync(StorageAccounts accounts, string[] right, string wrong)
    {
        _collected.Clear();
        await using (var silo = await SiloUnderTest.ServeAsync(_data, Logging(AccountEnvironment.Of(right[0], wrong, right[2]))))
        {
            await UntilAsync(silo, null, Refused, null);
            await SendAllAsync(silo);
            AssertCollected("200 OK", "412 Precondition", "400 Bad Request", "413 ", "404 Not Found");
            await accounts[0].KillAsync();
            await SendAllAsync(silo); // an account that nobody asks is not missed
            await UntilAsync(silo, Gone, Refused, null);
            await SendAllAsync(silo);
            Assert.Equal(0, await silo.StopAsync());
            _collected.AppendLine(silo.Output).AppendLine(silo.Errors);
        }

        AssertCollected("trce: ", "dbug: ", "Request starting HTTP/1.1 PUT ", "503 Service Unavailable", $"does not answer: {Refused}", $"does not answer: {Gone}");
        Assert.Equal(1, Guards().Count(line => line.Contains($"does not answer: {Refused}", StringComparison.Ordinal)));
        Assert.Equal(1, Guards().Count(line => line.Contains($"does not answer: {Gone}", StringComparison.Ordinal)));
        var text = _collected.ToString();
        foreach (var secret in Secrets.Concat(right).Append(wrong))
        {
            var place = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            Assert.True(place < 0, place < 0 ? "" : $"'{secret}' is in: {text[Math.Max(0, place - 300)..Math.Min(text.Length, place + 200)]}");
        }
    }

    /// <summary>Starts once with valid credentials, because a blank acceptor does not vote before all others have noted it.</summary>
    private async Task BeginAsync(IEnumerable<string> right)
    {
        await using var silo = await SiloUnderTest.ServeAsync(_data, AccountEnvironment.Of(right));
        await UntilAsync(silo, null, null, null);
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.PutAsync("/v1/registers/x", new StringContent("1"))).StatusCode);
        Assert.Equal(0, await silo.StopAsync());
    }

    /// <summary>Settings that log everything in every category.</summary>
    private static Dictionary<string, string> Logging(Dictionary<string, string> environment) => new(environment)
    {
        ["LOGGING__LOGLEVEL__DEFAULT"] = "Trace",
        ["LOGGING__CONSOLE__LOGLEVEL__DEFAULT"] = "Trace",
    };

    /// <summary>Waits until each acceptor is healthy or does not vote for the given reason.</summary>
    private async Task UntilAsync(SiloUnderTest silo, params string?[] reasons)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await SendAsync(silo, HttpMethod.Get, "/v1/status");
            var acceptors = JsonDocument.Parse(answer).RootElement.GetProperty("acceptors").EnumerateArray().OrderBy(acceptor => acceptor.GetProperty("name").GetString());
            if (acceptors.Zip(reasons, Stands).All(stands => stands))
                return;
            Assert.False(patience.IsCancellationRequested, answer);
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System); // each answer is a hundred lines of the log
        }
    }

    private static bool Stands(JsonElement acceptor, string? reason) => reason is null
        ? acceptor.GetProperty("standing").GetString() == "voting"
        : acceptor.GetProperty("standing").GetString() == "storage-unavailable" && acceptor.GetProperty("detail").GetString()!.Contains($": {reason}", StringComparison.Ordinal);

    /// <summary>Sends requests of all kinds at once, because without a majority each takes its full timeout.</summary>
    private Task SendAllAsync(SiloUnderTest silo) => Task.WhenAll(
        SendAsync(silo, HttpMethod.Put, "/v1/registers/x"),
        SendAsync(silo, HttpMethod.Put, "/v1/registers/x", ifMatch: "\"77\""),
        SendAsync(silo, HttpMethod.Put, "/v1/registers/!x"),
        SendAsync(silo, HttpMethod.Put, "/v1/registers/large", value: new string('v', 300_000)),
        SendAsync(silo, HttpMethod.Get, "/v1/registers/x"),
        SendAsync(silo, HttpMethod.Get, "/v1/registers/none"),
        SendAsync(silo, HttpMethod.Get, "/v1/registers"),
        SendAsync(silo, HttpMethod.Get, "/v1/history/x"),
        SendAsync(silo, HttpMethod.Delete, "/v1/registers/y"),
        SendAsync(silo, HttpMethod.Get, "/v1/status"),
        SendAsync(silo, HttpMethod.Get, "/health/live"),
        SendAsync(silo, HttpMethod.Get, "/health/ready"));

    private async Task<string> SendAsync(SiloUnderTest silo, HttpMethod method, string path, string value = "value", string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Put)
            request.Content = new StringContent(value);
        if (ifMatch is not null)
            request.Headers.IfMatch.ParseAdd(ifMatch);
        using var response = await silo.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        lock (_collected)
            _collected.AppendLine($"{(int)response.StatusCode} {response.ReasonPhrase} {response}").AppendLine(body);
        return body;
    }

    /// <summary>Gets the log lines about the state of the storage.</summary>
    private IEnumerable<string> Guards() => GuardLine().Matches(_collected.ToString()).Select(match => match.Value);

    private void AssertCollected(params string[] expected)
    {
        var text = _collected.ToString();
        Assert.All(expected, part => Assert.Contains(part, text));
    }

    [GeneratedRegex(@"^.*Orleans\.Paxos\.AzureStorage\.StorageGuard\[.*$", RegexOptions.Multiline)]
    private static partial Regex GuardLine();
}
