using Microsoft.Extensions.Options;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>The part of the settings that is <see cref="PaxosOptions"/>.</summary>
internal static class PaxosSettings
{
    /// <summary>Binds each property by itself, so that one mistake does not hide the next.</summary>
    /// <param name="section">The section <c>Paxos</c>.</param>
    /// <param name="otherKeys">Keys of the section that are not options of this class.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    /// <returns>The options, without the acceptors.</returns>
    public static PaxosOptions Read(IConfigurationSection section, IEnumerable<string> otherKeys, List<string> mistakes)
    {
        var options = new PaxosOptions();
        var properties = typeof(PaxosOptions).GetProperties().ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren().Where(child => !otherKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!properties.TryGetValue(child.Key, out var property))
            {
                mistakes.Add($"There is no setting '{child.Path}'. Remove it, or correct its name.");
                continue;
            }

            try
            {
                property.SetValue(options, child.Get(property.PropertyType));
            }
            catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
            {
                mistakes.Add($"{property.Name} is '{child.Value}', which is not {Description(property.PropertyType)}.");
            }
        }

        return options;
    }

    /// <summary>Checks the options as every silo does when it starts.</summary>
    /// <param name="options">The options.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    public static void Validate(PaxosOptions options, List<string> mistakes)
    {
        var result = new PaxosOptionsValidator().Validate(Options.DefaultName, options);
        if (result.Failed)
            mistakes.AddRange(result.Failures);
    }

    private static string Description(Type type) =>
        type == typeof(TimeSpan) ? "a time span like 00:00:01.5" : "a whole number that fits";
}
