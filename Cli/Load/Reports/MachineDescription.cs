using System.Runtime.InteropServices;

namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>What the figures were measured on.</summary>
/// <param name="Cores">The logical processors that this process may use.</param>
/// <param name="Processor">The processor's model; null where it cannot be read.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="DotNet">The version of .NET.</param>
public sealed record MachineDescription(int Cores, string? Processor, string OperatingSystem, string DotNet)
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string ModelKey = "model name";

    /// <summary>This machine.</summary>
    /// <returns>What it is.</returns>
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
