using System.Runtime.InteropServices;

namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>The machine on which the figures were measured.</summary>
/// <param name="Cores">The number of logical processors that this process may use.</param>
/// <param name="Processor">The processor's model; null when it cannot be read.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="DotNet">The version of .NET.</param>
public sealed record MachineDescription(int Cores, string? Processor, string OperatingSystem, string DotNet)
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string ModelKey = "model name";

    /// <summary>Describes this machine.</summary>
    /// <returns>The description.</returns>
    public static MachineDescription Current() =>
        new(Environment.ProcessorCount, ProcessorModel(), RuntimeInformation.OSDescription, Environment.Version.ToString());

    private static string? ProcessorModel()
    {
        if (!File.Exists(ProcessorFile))
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        var line = File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(ModelKey, StringComparison.Ordinal));
        return line?[(line.IndexOf(':') + 1)..].Trim();
    }
}
