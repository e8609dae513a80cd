using System.Globalization;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>What the command of a holder was about when it wrote a line.</summary>
internal enum DiaryMark
{
    Begin,
    Tick,
    End,
}

/// <summary>A line that a command under a lock has appended to the file of the lock. The order of the lines is that in which they were written.</summary>
/// <param name="Mark">What the command was about.</param>
/// <param name="Token">Its fencing token.</param>
/// <param name="At">When it was about to write, on the clock of <see cref="Uptime"/>.</param>
/// <param name="Holder">The run of <c>paxos lock</c> that started it.</param>
internal sealed record DiaryLine(DiaryMark Mark, long Token, TimeSpan At, string Holder)
{
    /// <summary>The script that writes a diary. Each line is one write to a file that is open for appending.</summary>
    public const string Script = """
        say() { read -r up rest </proc/uptime; echo "$1 $PAXOS_FENCING_TOKEN $up $CHAOS_HOLDER" >>"$CHAOS_DIARY"; }
        say begin
        ticks=$CHAOS_TICKS
        while [ "$ticks" -gt 0 ]; do sleep 0.05; say tick; ticks=$((ticks - 1)); done
        say end
        """;

    /// <exception cref="FormatException">It is no such line.</exception>
    public static DiaryLine Parse(string line) => line.Split(' ') is [var mark, var token, var seconds, var holder] && Enum.TryParse<DiaryMark>(mark, ignoreCase: true, out var known)
        ? new DiaryLine(known, long.Parse(token, CultureInfo.InvariantCulture), Uptime.Parse(seconds), holder)
        : throw new FormatException($"'{line}' is no line of a diary.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark.ToString().ToLowerInvariant()} {Token} {At.TotalSeconds:0.00} {Holder}");
}
