namespace Orleans.Paxos.Silo.Settings;

/// <summary>The settings are wrong; nothing was started.</summary>
/// <param name="mistakes">Each mistake in one sentence or two, with its remedy.</param>
internal sealed class SettingsException(IReadOnlyList<string> mistakes) : Exception(string.Join(" ", mistakes))
{
    /// <summary>Each mistake in one sentence or two, with its remedy.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
