using Microsoft.AspNetCore.Server.Kestrel;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The server's own section of the configuration, with endpoints and certificates.</summary>
internal static class ServerEndpoints
{
    /// <summary>The section's name.</summary>
    public const string Section = "Kestrel";

    /// <summary>The subsection with the endpoints, each under its own name.</summary>
    public const string Endpoints = "Endpoints";

    /// <summary>Makes the server load the section when it starts, or earlier when asked to.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="section">The section.</param>
    public static void Apply(KestrelServerOptions kestrel, IConfigurationSection section)
    {
        var loader = kestrel.Configure(section);
        foreach (var endpoint in section.GetSection(Endpoints).GetChildren())
            loader.Endpoint(endpoint.Key, CheckPrivateKey);
    }

    /// <summary>Checks that the certificate has a private key. The server would notice only when it listens, half-way through the start.</summary>
    private static void CheckPrivateKey(EndpointConfiguration endpoint)
    {
        if (endpoint.IsHttps && endpoint.HttpsOptions.ServerCertificate is { HasPrivateKey: false })
            throw new InvalidOperationException($"The certificate of {endpoint.ConfigSection.Path} has no private key. Give the file with the key as KeyPath beside its Path, or a .pfx file that has both.");
    }
}
