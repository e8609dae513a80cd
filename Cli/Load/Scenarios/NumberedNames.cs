using System.Text;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Names that are a text and a number, all of the same length: <see cref="ScenarioOptions.NameBytes"/> where the text leaves room.</summary>
/// <param name="Text">What they start with.</param>
internal sealed record NumberedNames(string Text)
{
    private const int LeastDigits = 7;
    private const int LongestGroup = 13;

    private readonly string _format = $"D{Math.Max(LeastDigits, ScenarioOptions.NameBytes - Encoding.UTF8.GetByteCount(Text))}";

    /// <summary>A name that is as long as any that a scenario makes.</summary>
    public static string LongestBelow(string prefix) => new NumberedNames(prefix + new string('x', LongestGroup)).Of(long.MaxValue);

    public string Of(long number) => Text + number.ToString(_format);
}
