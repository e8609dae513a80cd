using System.Text;
using Microsoft.Extensions.Configuration;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Settings as the program reads them.</summary>
internal static class SettingsOf
{
    /// <summary>The key of every account in these tests. No message may contain it.</summary>
    public static readonly string CanaryKey = Convert.ToBase64String(Encoding.UTF8.GetBytes("canary-canary-canary"));

    /// <summary>Gets the connection string of an account.</summary>
    public static string Account(string name) => $"DefaultEndpointsProtocol=https;AccountName={name};AccountKey={CanaryKey};EndpointSuffix=core.windows.net";

    /// <summary>Reads settings of the section <c>Paxos</c>.</summary>
    public static SiloSettings Read(params (string Key, string? Value)[] settings) =>
        SettingsReader.Read(Configuration(settings));

    /// <summary>Gets the mistakes in settings.</summary>
    public static IReadOnlyList<string> Mistakes(params (string Key, string? Value)[] settings) =>
        Assert.Throws<SettingsException>(() => Read(settings)).Mistakes;

    /// <summary>Creates a configuration with settings in the section <c>Paxos</c>.</summary>
    public static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => $"Paxos:{pair.Key}", pair => pair.Value)).Build();
}
