using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Paxos.Cli.Http;

/// <summary>
/// Checks a silo's certificate as ever, and keeps why it was refused: the exception of a connection does not tell a
/// certificate that is not trusted from a server that does not speak TLS.
/// </summary>
internal sealed class CertificateCheck
{
    /// <summary>Why the certificate was refused; null when there was none, or nothing is wrong with it.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The callback of the connection.</summary>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = errors == SslPolicyErrors.None ? null : string.Join(", ", [$"{errors}", .. chain?.ChainStatus.Select(status => $"{status.Status}").Distinct() ?? []]);
        return Refusal is null;
    }
}
