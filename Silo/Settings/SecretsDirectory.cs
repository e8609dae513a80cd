using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>A folder whose files are settings, the way Kubernetes and Docker mount secrets: <c>PAXOS__HTTP__READWRITEKEYS__0</c> holds a key.</summary>
internal static class SecretsDirectory
{
    /// <summary>The setting that names the folder, below <see cref="SettingsReader.Section"/>.</summary>
    public const string Setting = nameof(ProcessOptions.SecretsDirectory);

    /// <summary>Adds the folder that the configuration names, if any.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="stronger">The first source that overrides the folder.</param>
    /// <exception cref="SettingsException">The folder does not exist, or a file in it cannot be read.</exception>
    public static void InsertBefore(ConfigurationManager configuration, IConfigurationSource stronger)
    {
        if (configuration[$"{SettingsReader.Section}:{Setting}"] is not { } text || string.IsNullOrWhiteSpace(text))
            return;
        var directory = Path.GetFullPath(text.Trim());
        if (!Directory.Exists(directory))
            throw Mistake($"The folder '{directory}' does not exist.");
        var sources = ((IConfigurationBuilder)configuration).Sources;
        try
        {
            sources.Insert(sources.IndexOf(stronger), new KeyPerFileConfigurationSource { FileProvider = new PhysicalFileProvider(directory), ReloadOnChange = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Mistake($"The folder '{directory}' cannot be read: {exception.Message}");
        }
    }

    private static SettingsException Mistake(string problem) =>
        new([$"{problem} {Setting} (--secrets) takes a folder whose files are settings: the name of each is the setting's with '__' for ':'."]);
}
