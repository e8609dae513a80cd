namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Formats text with or without terminal colors.</summary>
/// <param name="colored">Whether to write escape sequences.</param>
internal sealed class TextStyle(bool colored)
{
    /// <summary>Formats text that stands out.</summary>
    public string Strong(string text) => Wrap("1", text);

    /// <summary>Formats a warning.</summary>
    public string Warning(string text) => Wrap("33", text);

    private string Wrap(string code, string text) => colored ? $"\e[{code}m{text}\e[0m" : text;
}
