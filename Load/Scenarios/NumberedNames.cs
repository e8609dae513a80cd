using System.Text;

namespace Orleans.Paxos.Load;

/// <summary>Names that are a text and a number, all of the same length: <see cref="ScenarioOptions.NameBytes"/> where the text leaves room.</summary>
/// <param name="Text">What they start with.</param>
internal sealed record NumberedNames(string Text)
{
    private const int LeastDigits = 7;

    private readonly string _format = $"D{Math.Max(LeastDigits, ScenarioOptions.NameBytes - Encoding.UTF8.GetByteCount(Text))}";

    public string Of(long number) => Text + number.ToString(_format);
}
