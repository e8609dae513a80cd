using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reads parts of the configuration.</summary>
internal static class SectionExtensions
{
    /// <summary>A setting without the spaces around it; null when it is empty.</summary>
    /// <param name="section">Its section.</param>
    /// <param name="key">Its name.</param>
    public static string? Text(this IConfigurationSection section, string key) =>
        string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();

    /// <summary>Names what the section has that nobody reads, without the values.</summary>
    /// <param name="section">The section.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    /// <param name="keys">What is read.</param>
    public static void EnsureSection(this IConfigurationSection section, List<string> mistakes, IReadOnlyCollection<string> keys)
    {
        if (!string.IsNullOrEmpty(section.Value))
            mistakes.Add($"{section.Path} is a section, and has no value of its own: it takes {string.Join(", ", keys)}.");
        foreach (var unknown in section.GetChildren().Where(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            mistakes.Add($"There is no setting '{unknown.Path}'. Remove it, or correct its name.");
    }
}
