namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Text for a terminal, or plain.</summary>
/// <param name="colored">Whether escapes are wanted.</param>
internal sealed class TextStyle(bool colored)
{
    /// <summary>Text that stands out.</summary>
    public string Strong(string text) => Wrap("1", text);

    /// <summary>Text that warns.</summary>
    public string Warning(string text) => Wrap("33", text);

    private string Wrap(string code, string text) => colored ? $"\e[{code}m{text}\e[0m" : text;
}
