using System.Globalization;
using System.Text;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Writes and reads the stamps at the start of the values of watch-fan-out and watch-prefix: the run, the number of the version in it, and the time at which its write was sent.</summary>
/// <param name="runId">Distinguishes the values of this run from those of others.</param>
/// <param name="options">The options with the size of a value.</param>
internal sealed class FanOutStamps(Guid runId, ScenarioOptions options)
{
    /// <summary>The length of a stamp in bytes: three numbers of 16 hexadecimal digits.</summary>
    public const int Bytes = 3 * Digits;

    private const int Digits = 16;

    private readonly byte[] _run = Encoding.ASCII.GetBytes(runId.ToString("N")[..Digits]);
    private readonly byte[] _rest = Values.Create(Math.Max(0, options.ValueBytes - Bytes), new Random(options.Seed));

    /// <summary>Creates a value with a stamp.</summary>
    public byte[] Value(FanOutStamp stamp) => [.. _run, .. Encoding.ASCII.GetBytes($"{stamp.Number:x16}{stamp.SentAt:x16}"), .. _rest];

    /// <summary>Reads the stamp of a value; null for a value of another run.</summary>
    public FanOutStamp? Read(ReadOnlySpan<byte> value) =>
        value.Length >= Bytes && value.StartsWith(_run)
            ? new FanOutStamp(Number(value.Slice(Digits, Digits)), Number(value.Slice(2 * Digits, Digits)))
            : null;

    private static long Number(ReadOnlySpan<byte> digits) => long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

/// <summary>Identifies a version of watch-fan-out or watch-prefix.</summary>
/// <param name="Number">Its number in the run, from 0.</param>
/// <param name="SentAt">The timestamp just before its write was sent.</param>
internal readonly record struct FanOutStamp(long Number, long SentAt);
