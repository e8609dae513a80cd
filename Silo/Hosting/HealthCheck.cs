using System.Net;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Checks whether the silo with the same settings is ready. Containers without another HTTP client use it as their health check.</summary>
internal static class HealthCheck
{
    /// <summary>The command-line option that runs the health check instead of a silo.</summary>
    public const string Option = "--healthcheck";

    private const string Path = "health/ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Checks whether the silo is ready.</summary>
    /// <param name="commandLine">The command line that the silo was started with.</param>
    /// <param name="errors">Receives the reason, in one line, when the silo is not ready.</param>
    /// <returns>Whether the silo is ready.</returns>
    public static async Task<bool> IsReadyAsync(SiloCommandLine commandLine, TextWriter errors)
    {
        try
        {
            var settings = SettingsReader.Read(SiloApplication.CreateBuilder(commandLine).Configuration);
            using var http = new HttpClient(Handler()) { Timeout = Patience };
            using var answer = await http.GetAsync(Target(settings.Http.Listen));
            if (answer.IsSuccessStatusCode)
                return true;
            await errors.WriteLineAsync($"error: not ready: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception exception) when (exception is SettingsException or StartException or HttpRequestException or OperationCanceledException)
        {
            await errors.WriteLineAsync($"error: not ready: {exception.Message}".ReplaceLineEndings(" "));
        }

        return false;
    }

    /// <summary>Gets the URL to check: the readiness path at the first HTTP address, on this machine.</summary>
    /// <param name="listen">The addresses that HTTP is served at.</param>
    /// <returns>The address of the readiness path.</returns>
    /// <exception cref="StartException">No endpoint has an address and a port.</exception>
    public static Uri Target(ListenSettings listen)
    {
        if (listen.Addresses.FirstOrDefault(address => address is { Port: not 0, Address: not null }) is not { } first)
            throw new StartException($"{Option} needs an address with a port: give one in Url (--url).");
        var host = first.Address!.Equals(IPAddress.Any) ? IPAddress.Loopback : first.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : first.Address;
        return new UriBuilder(first.IsEncrypted ? "https" : "http", $"{host}", first.Port, Path).Uri;
    }

    /// <summary>Skips certificate validation: the silo checks itself and sends no secret.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    };
}
