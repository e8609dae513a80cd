using Microsoft.Extensions.Configuration;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Deploy;

/// <summary>What a silo reads of the variables and secrets that it is deployed with.</summary>
internal static class DeployedSettings
{
    /// <summary>Reads them as the program does: a name is a setting's with <c>__</c> for <c>:</c>.</summary>
    /// <exception cref="SettingsException">One of them is no setting, or wrong.</exception>
    public static SiloSettings Read(params IEnumerable<KeyValuePair<string, string>>[] sources)
    {
        var settings = sources.SelectMany(source => source).ToDictionary(pair => pair.Key.Replace("__", ":"), pair => (string?)pair.Value, StringComparer.OrdinalIgnoreCase);
        Assert.All(settings.Keys, key => Assert.StartsWith("PAXOS:", key));
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    /// <summary>The port of the first address that HTTP is served at.</summary>
    public static int HttpPort(this SiloSettings settings) => settings.Http.Listen.Addresses[0].Port;
}
