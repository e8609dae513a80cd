using Microsoft.Win32.SafeHandles;

namespace Orleans.Paxos.Cli.Output;

/// <summary>The console of the process.</summary>
internal static class StandardStreams
{
    private const int OutputHandle = 1;
    private const int FallbackWidth = 80;

    public static CliConsole Open()
    {
        var traits = ConsoleTraits.Detect(!Console.IsInputRedirected, !Console.IsOutputRedirected, !Console.IsErrorRedirected, Width(), Environment.GetEnvironmentVariable);
        return new CliConsole(Console.OpenStandardInput(), Output(), Console.OpenStandardError(), traits);
    }

    /// <summary>
    /// The console's own stream drops what it writes into a pipe that its reader has closed; a program that goes on for
    /// nobody would never notice. A file stream reports it. A file keeps the console's stream, which appends where the
    /// shell's position is.
    /// </summary>
    private static Stream Output()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.OpenStandardOutput();
        var pipe = new FileStream(new SafeFileHandle(OutputHandle, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : FallbackWidth;
        }
        catch (IOException)
        {
            return FallbackWidth;
        }
    }
}
