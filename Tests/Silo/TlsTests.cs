using System.Net;
using System.Text.RegularExpressions;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>HTTPS, configured in the section Kestrel, with the real process.</summary>
[Collection(nameof(ProcessTests))]
public sealed class TlsTests : IDisposable
{
    private const string Password = "the-password-of-the-certificate";

    private readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public TlsTests()
    {
        _environment["PAXOS__DATA"] = Path.Combine(_folder, "data");
        _environment["KESTREL__ENDPOINTS__A__URL"] = "https://127.0.0.1:0";
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_serves_https_beside_http_with_HTTP_1_and_2()
    {
        using var certificate = UseCertificate();
        _environment["KESTREL__ENDPOINTS__B__URL"] = "http://127.0.0.1:0";
        await using var silo = await SiloUnderTest.ServeAsync(_environment);
        var urls = Regex.Match(silo.Output, @"serves at (https://\S+) and (http://\S+)");
        Assert.True(urls.Success, silo.Output);

        using var encrypted = certificate.Client(urls.Groups[1].Value);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/registers/a%20b") { Content = new StringContent("on"), Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            var response = await encrypted.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, version), (response.StatusCode, response.Version));
        }

        using var plain = new HttpClient { BaseAddress = new Uri(urls.Groups[2].Value) };
        Assert.Equal("on", await plain.GetStringAsync("/v1/registers/a%20b"));
        Assert.Equal((0, ""), (await silo.StopAsync(), silo.Errors));
    }

    [Fact]
    public async Task A_key_is_asked_for_over_HTTP_2_too()
    {
        using var certificate = UseCertificate();
        _environment["PAXOS__HTTP__READWRITEKEYS__0"] = "a-key-of-sixteen-or-more";
        await using var silo = await SiloUnderTest.ServeAsync(_environment);
        using var client = certificate.Client(silo.Http.BaseAddress!.ToString());
        client.DefaultRequestVersion = HttpVersion.Version20;
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PutAsync("/v1/registers/x", new StringContent("on"))).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-key-of-sixteen-or-more");
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/v1/registers/x", new StringContent("on"))).StatusCode);
        Assert.Equal(0, await silo.StopAsync());
    }

    [Fact]
    public async Task A_relative_path_of_a_certificate_starts_in_the_working_directory()
    {
        using var certificate = UseCertificate();
        _environment["KESTREL__CERTIFICATES__DEFAULT__PATH"] = Path.GetRelativePath(Directory.GetCurrentDirectory(), certificate.Path);
        await using var silo = await SiloUnderTest.ServeAsync(_environment);
        Assert.StartsWith("https://", silo.Http.BaseAddress!.ToString());
    }

    [Theory]
    [InlineData("KESTREL__CERTIFICATES__DEFAULT__PATH", "/no/such/certificate.pfx", "certificate")]
    [InlineData("KESTREL__CERTIFICATES__DEFAULT__PASSWORD", "another-" + Password, "password")]
    [InlineData("KESTREL__CERTIFICATES__DEFAULT__PATH", "/dev/null", "Kestrel")]
    [InlineData("KESTREL__CERTIFICATES__DEFAULT__PATH", "", "certificate")]
    public async Task A_certificate_that_cannot_be_used_ends_the_start_with_one_line(string setting, string value, string expected)
    {
        using var certificate = UseCertificate();
        _environment[setting] = value;
        var (code, output, errors) = await SiloUnderTest.RunAsync(_environment);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("error: HTTP cannot be served as the section Kestrel says: ", errors);
        Assert.Contains(expected, errors);
        Assert.DoesNotContain(Password, errors);
        Assert.DoesNotContain('\n', errors);
        Assert.False(Directory.Exists(_environment["PAXOS__DATA"]), "The start went as far as the data.");
    }

    [Fact]
    public async Task A_certificate_without_its_private_key_is_one_line_too()
    {
        using var certificate = UseCertificate();
        _environment.Remove("KESTREL__CERTIFICATES__DEFAULT__PASSWORD");
        _environment["KESTREL__CERTIFICATES__DEFAULT__PATH"] = certificate.WriteWithoutKey();
        var (code, output, errors) = await SiloUnderTest.RunAsync(_environment);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("has no private key", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_port_in_use_names_the_endpoint()
    {
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        other.Start();
        _environment["KESTREL__ENDPOINTS__A__URL"] = $"http://{other.LocalEndpoint}";
        var (code, _, errors) = await SiloUnderTest.RunAsync(_environment);
        Assert.Equal(1, code);
        Assert.Contains("is in use by another program. Stop it, or give another in Kestrel:Endpoints:A:Url.", errors, StringComparison.OrdinalIgnoreCase);
    }

    private TestCertificate UseCertificate()
    {
        var certificate = TestCertificate.Create(_folder, Password);
        _environment["KESTREL__CERTIFICATES__DEFAULT__PATH"] = certificate.Path;
        _environment["KESTREL__CERTIFICATES__DEFAULT__PASSWORD"] = Password;
        return certificate;
    }
}
