using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reads the section <c>Paxos:Http</c>, and keeps a silo without keys from being reached by other machines.</summary>
internal static class HttpSettingsReader
{
    /// <summary>The section's name below <see cref="SettingsReader.Section"/>.</summary>
    public const string Section = "Http";

    private const string Connections = "MaxConnections";
    private const int DefaultConnections = 10_000;
    private const int MostConnections = 1_000_000;

    private static readonly string[] OwnKeys = [KeySettings.ReadWriteKeys, KeySettings.ReadKeys, Connections];

    /// <summary>Reads the section.</summary>
    /// <param name="section">It.</param>
    /// <param name="listen">Where HTTP is to be served.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    /// <returns>The settings.</returns>
    public static HttpSettings Read(IConfigurationSection section, ListenSettings listen, List<string> mistakes)
    {
        if (!string.IsNullOrEmpty(section.Value))
            mistakes.Add($"{section.Path} is a section, and has no value of its own: set {section.Path}:{KeySettings.ReadWriteKeys}:0 and so on.");
        foreach (var unknown in section.GetChildren().Where(child => !OwnKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            mistakes.Add($"There is no setting '{unknown.Path}'. Remove it, or correct its name.");
        var keys = KeySettings.Read(section, mistakes);
        if (!section.GetSection(KeySettings.ReadWriteKeys).GetChildren().Any())
            mistakes.AddRange(listen.Addresses.Where(address => !address.IsLoopback).Select(address => Refusal(address, section.Path)));
        return new HttpSettings { Listen = listen, Keys = keys, MaxConnections = MaxConnections(section, mistakes) };
    }

    private static string Refusal(ListenAddress address, string section) =>
        $"{address.Setting} is '{address.Url}', which other machines can reach, and there is no read-write key. Give one in {section}:{KeySettings.ReadWriteKeys}:0 "
        + "(environment PAXOS__HTTP__READWRITEKEYS__0; 'openssl rand -hex 32' makes a good one), or listen on 127.0.0.1.";

    private static int MaxConnections(IConfigurationSection section, List<string> mistakes)
    {
        if (section[Connections] is not { } text || string.IsNullOrWhiteSpace(text))
            return DefaultConnections;
        if (int.TryParse(text, out var number) && number is >= 1 and <= MostConnections)
            return number;
        mistakes.Add($"{section.Path}:{Connections} is '{text}'; it takes a whole number from 1 to {MostConnections}.");
        return DefaultConnections;
    }
}
