using System.Text;
using Microsoft.Extensions.Configuration;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Settings as each kind of build reads them.</summary>
internal static class SettingsOf
{
    /// <summary>The key of every account here; no message may have it.</summary>
    public static readonly string CanaryKey = Convert.ToBase64String(Encoding.UTF8.GetBytes("canary-canary-canary"));

    /// <summary>The connection string of an account.</summary>
    public static string Account(string name) => $"DefaultEndpointsProtocol=https;AccountName={name};AccountKey={CanaryKey};EndpointSuffix=core.windows.net";

    /// <summary>Settings as real Orleans has them.</summary>
    public static SiloSettings Cluster(params (string Key, string? Value)[] settings) =>
        SettingsReader.Read(Configuration(settings), new BuildFeatures(Processes: true, Azure: true));

    /// <summary>Settings as the stand-in has them.</summary>
    public static SiloSettings OneProcess(params (string Key, string? Value)[] settings) =>
        SettingsReader.Read(Configuration(settings), new BuildFeatures(Processes: false, Azure: true));

    /// <summary>What real Orleans finds wrong.</summary>
    public static IReadOnlyList<string> MistakesOfCluster(params (string Key, string? Value)[] settings) =>
        Assert.Throws<SettingsException>(() => Cluster(settings)).Mistakes;

    /// <summary>What the stand-in finds wrong.</summary>
    public static IReadOnlyList<string> MistakesOfOneProcess(params (string Key, string? Value)[] settings) =>
        Assert.Throws<SettingsException>(() => OneProcess(settings)).Mistakes;

    /// <summary>A configuration with some settings in the section <c>Paxos</c>.</summary>
    public static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => $"Paxos:{pair.Key}", pair => pair.Value)).Build();
}
