namespace Orleans.Paxos.Silo.Settings;

/// <summary>The settings are not valid. Nothing was started.</summary>
/// <param name="mistakes">The mistakes, each in one or two sentences with its remedy.</param>
internal sealed class SettingsException(IReadOnlyList<string> mistakes) : Exception(string.Join(" ", mistakes))
{
    /// <summary>The mistakes, each in one or two sentences with its remedy.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
