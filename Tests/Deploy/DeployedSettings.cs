using Microsoft.Extensions.Configuration;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Deploy;

/// <summary>The settings that a silo reads from the variables and secrets of its deployment.</summary>
internal static class DeployedSettings
{
    /// <summary>Reads the settings as the program does: <c>__</c> in a name stands for <c>:</c>.</summary>
    /// <exception cref="SettingsException">A setting is unknown or not valid.</exception>
    public static SiloSettings Read(params IEnumerable<KeyValuePair<string, string>>[] sources)
    {
        var settings = sources.SelectMany(source => source).ToDictionary(pair => pair.Key.Replace("__", ":"), pair => (string?)pair.Value, StringComparer.OrdinalIgnoreCase);
        Assert.All(settings.Keys, key => Assert.StartsWith("PAXOS:", key));
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    /// <summary>Gets the port of the first HTTP address.</summary>
    public static int HttpPort(this SiloSettings settings) => settings.Http.Listen.Addresses[0].Port;
}
