using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>A self-signed certificate for 127.0.0.1, in its own file.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private TestCertificate(X509Certificate2 certificate, string path) => (_certificate, Path) = (certificate, path);

    /// <summary>The PKCS #12 file.</summary>
    public string Path { get; }

    public static TestCertificate Create(string directory, string password)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = System.IO.Path.Combine(directory, "server.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, password));
        return new TestCertificate(certificate, path);
    }

    /// <summary>Writes a PEM file without the private key.</summary>
    public string WriteWithoutKey()
    {
        var path = System.IO.Path.ChangeExtension(Path, ".pem");
        File.WriteAllText(path, _certificate.ExportCertificatePem());
        return path;
    }

    /// <summary>Creates a client that trusts only this certificate.</summary>
    public HttpClient Client(string url) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetCertHashString() == _certificate.GetCertHashString() },
    })
    {
        BaseAddress = new Uri(url),
    };

    public void Dispose() => _certificate.Dispose();
}
