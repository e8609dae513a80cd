using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>
/// Secrets that contain a word that occurs nowhere else. The program logs everything and receives every kind of request and
/// mistake, but the word appears in none of its output or responses.
/// </summary>
[Collection(nameof(ProcessTests))]
public sealed class CanaryTests : IDisposable
{
    private const string Canary = "CaNaRy";
    private const string WriteKey = $"write-{Canary}-0123456789";
    private const string ReadKey = $"read-{Canary}-0123456789";
    private const string OtherKey = $"other-{Canary}-0123456789";
    private const string Password = $"{Canary} pass word";

    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-").FullName;
    private readonly StringBuilder _collected = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_secret_is_in_the_log_or_in_an_answer()
    {
        using var certificate = TestCertificate.Create(_folder, Password);
        await using var silo = await SiloUnderTest.ServeAsync(Serving(certificate));
        var urls = Regex.Match(silo.Output, @"serves at (https://\S+) and (http://\S+)");
        using (var encrypted = certificate.Client(urls.Groups[1].Value))
            await SendAsync(encrypted);
        using (var plain = new HttpClient { BaseAddress = new Uri(urls.Groups[2].Value) })
            await SendAsync(plain);
        var ports = urls.Groups.Values.Skip(1).Select(url => new Uri(url.Value).Port);
        foreach (var (port, request) in ports.SelectMany(port => Malformed.Select(request => (port, request))))
            _collected.AppendLine(await SendRawAsync(port, request));
        Assert.Equal(0, await silo.StopAsync());
        _collected.AppendLine(silo.Output).AppendLine(silo.Errors);

        AssertCollected("trce: ", "dbug: ", "Request starting HTTP/1.1 PUT ", "Request starting HTTP/2 PUT ", "Invalid request header: ''");
        AssertCollected("\"version\":1", "urn:orleans-paxos:unauthorized", "urn:orleans-paxos:read-only-key", "HTTP/1.1 400 Bad Request", "HTTP/1.1 431 ", "\"acceptors\":");
        AssertNoCanary();
    }

    [Fact]
    public async Task No_secret_is_in_the_help_or_in_a_mistake()
    {
        using var certificate = TestCertificate.Create(_folder, Password);
        var serving = Serving(certificate);
        await RunAsync(serving, 0, "--help");
        await RunAsync(serving, 2, "--acceptors=0");
        await RunAsync(serving, 2, "--url", "http://127.0.0.1:0");
        await RunAsync(serving, 2, "--write-key", WriteKey);
        await RunAsync(serving, 2, $"--write-key={WriteKey}");
        await RunAsync(serving, 2, "--secrets", Path.Combine(_folder, "none"));
        await RunAsync(With(serving, "PAXOS__HTTP__READKEYS__1", WriteKey), 2);
        await RunAsync(With(serving, "PAXOS__HTTP__READKEYS__1", "short" + Canary), 2);
        await RunAsync(With(serving, "PAXOS__HTTP__READKEYS__1", "with spaces in it " + Canary), 2);
        await RunAsync(With(serving, "PAXOS__HTTP__READKEYS", WriteKey), 2);
        await RunAsync(With(serving, "PAXOS__HTTP", WriteKey), 2);
        await RunAsync(With(serving, "PAXOS__HTTP__KEY", WriteKey), 2);
        await RunAsync(With(serving, "KESTREL__CERTIFICATES__DEFAULT__PASSWORD", "wrong " + Password), 1);
        await RunAsync(With(serving, "KESTREL__CERTIFICATES__DEFAULT__PATH", "/dev/null"), 1);
        await RunAsync(With(serving, "KESTREL__CERTIFICATES__DEFAULT__PATH", "/no/such/file"), 1);
        await RunAsync(With(serving, "PAXOS__DATA", "/dev/null/data"), 1);

        AssertCollected("Usage:", "Paxos:Http:ReadKeys:1 is the same key as Paxos:Http:ReadWriteKeys:0", "Paxos:Http:ReadKeys:1 is no key", "Paxos:Http:ReadKeys is a list");
        AssertCollected("'Paxos:Http:KEY'", "the password may be incorrect", "'--write-key'", "Leave Url out");
        AssertNoCanary();
    }

    /// <summary>Lines that a server may quote when it cannot parse them.</summary>
    private static IEnumerable<string> Malformed =>
    [
        $"GET /v1/status HTTP/1.1\r\nHost: x\r\nAuthorization : Bearer {WriteKey}\r\n\r\n",
        $"GET /v1/status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {WriteKey}\0\r\n\r\n",
        $"GET /v1/status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {WriteKey}\u00ff\r\nConnection: close\r\n\r\n",
        $"GET /v1/status HTTP/1.1\r\nHost: x\r\nAuthorization Bearer {WriteKey}\r\n\r\n",
        $"GET /v1/status HTTP/1.1\r\nAuthorization: Bearer {WriteKey}\r\n\r\n",
        $"GET /v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {WriteKey}\r\nAuthorization: Bearer {ReadKey}\r\n\r\n",
        $"GET /v1/status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {string.Concat(Enumerable.Repeat(WriteKey, 1000))}\r\n\r\n",
        $"PUT /v1/registers/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {WriteKey}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nAuthorization {WriteKey}\r\n\r\n",
        $"PUT /v1/registers/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {WriteKey}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        $"PUT /v1/registers/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {WriteKey}\r\nIf-Match: x\r\nContent-Length: 0\r\n\r\n",
    ];

    private Dictionary<string, string> Serving(TestCertificate certificate)
    {
        var secrets = Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;
        File.WriteAllText(Path.Combine(secrets, "PAXOS__HTTP__READKEYS__0"), ReadKey + "\n");
        return new Dictionary<string, string>
        {
            ["PAXOS__DATA"] = Path.Combine(_folder, "data"),
            ["PAXOS__SECRETSDIRECTORY"] = secrets,
            ["PAXOS__HTTP__READWRITEKEYS__0"] = WriteKey,
            ["KESTREL__ENDPOINTS__A__URL"] = "https://127.0.0.1:0",
            ["KESTREL__ENDPOINTS__B__URL"] = "http://127.0.0.1:0",
            ["KESTREL__CERTIFICATES__DEFAULT__PATH"] = certificate.Path,
            ["KESTREL__CERTIFICATES__DEFAULT__PASSWORD"] = Password,
            ["LOGGING__LOGLEVEL__DEFAULT"] = "Trace",
            ["LOGGING__LOGLEVEL__Microsoft.AspNetCore"] = "Trace",
            ["LOGGING__LOGLEVEL__Microsoft.AspNetCore.Server.Kestrel"] = "Trace",
            ["LOGGING__CONSOLE__LOGLEVEL__DEFAULT"] = "Trace",
            ["LOGGING__CONSOLE__LOGLEVEL__Microsoft.AspNetCore.Server.Kestrel"] = "Trace",
            ["LOGGING__CONSOLE__LOGLEVEL__Microsoft.AspNetCore.Server.Kestrel.BadRequests"] = "Trace",
        };
    }

    private static Dictionary<string, string> With(Dictionary<string, string> environment, string name, string value) =>
        new(environment) { [name] = value };

    private async Task SendAsync(HttpClient client)
    {
        string[] authorizations = [$"Bearer {WriteKey}", $"Bearer {ReadKey}", $"Bearer {OtherKey}", $"Basic {OtherKey}", WriteKey];
        string[] paths = ["/", "/v1/registers/x", "/v1/registers", "/v1/registers?limit=none", "/v1/history/x", "/v1/watch/x?after=x", "/v1/status", "/health/live", "/health/ready", "/none"];
        foreach (var authorization in authorizations)
        {
            foreach (var (method, path) in paths.SelectMany(path => new[] { ("PUT", path), ("GET", path), ("DELETE", path) }))
                await SendAsync(client, method, path, authorization);
        }
    }

    private async Task SendAsync(HttpClient client, string method, string path, string authorization)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Version = new Version(2, 0) };
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", authorization));
        if (method == "PUT")
            request.Content = new StringContent("value");
        using var response = await client.SendAsync(request);
        _collected.AppendLine($"{response}").AppendLine(await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> SendRawAsync(int port, string request)
    {
        using var connection = new TcpClient("127.0.0.1", port);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
            using var answer = new StreamReader(connection.GetStream(), Encoding.Latin1);
            return await answer.ReadToEndAsync(patience.Token);
        }
        catch (IOException)
        {
            return "The connection was reset.";
        }
    }

    private async Task RunAsync(Dictionary<string, string> environment, int expected, params string[] arguments)
    {
        var (code, output, errors) = await SiloUnderTest.RunAsync(environment, arguments);
        _collected.AppendLine(output).AppendLine(errors);
        Assert.True(code == expected, $"{code} {output} {errors}");
    }

    private void AssertCollected(params string[] expected)
    {
        var text = _collected.ToString();
        Assert.All(expected, part => Assert.Contains(part, text));
    }

    private void AssertNoCanary()
    {
        var text = _collected.ToString();
        var place = text.IndexOf(Canary, StringComparison.OrdinalIgnoreCase);
        Assert.True(place < 0, place < 0 ? "" : text[Math.Max(0, place - 300)..Math.Min(text.Length, place + 100)]);
    }
}
