using System.Text;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Names that consist of a text and a number and have the same length: <see cref="ScenarioOptions.NameBytes"/> when the text leaves room.</summary>
/// <param name="Text">The text that the names start with.</param>
internal sealed record NumberedNames(string Text)
{
    private const int LeastDigits = 7;
    private const int LongestGroup = 13;

    private readonly string _format = $"D{Math.Max(LeastDigits, ScenarioOptions.NameBytes - Encoding.UTF8.GetByteCount(Text))}";

    /// <summary>Gets a name that is as long as the longest name of any scenario.</summary>
    public static string LongestBelow(string prefix) => new NumberedNames(prefix + new string('x', LongestGroup)).Of(long.MaxValue);

    public string Of(long number) => Text + number.ToString(_format);
}
