using System.Globalization;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The one clock of a run: since when the machine is up. A shell can read it without starting a process, and nobody can set it.</summary>
internal static class Uptime
{
    private const string Source = "/proc/uptime";

    /// <summary>The unit in which it counts. Of two moments within one unit it does not tell which was first.</summary>
    public static readonly TimeSpan Unit = TimeSpan.FromMilliseconds(10);

    public static bool IsKnown => File.Exists(Source);

    public static TimeSpan Now() => Parse(File.ReadAllText(Source).Split(' ')[0]);

    public static TimeSpan Parse(string seconds) => TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
}
