using Microsoft.Win32.SafeHandles;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Opens the console of the process.</summary>
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
    /// Opens standard output. The console's own stream silently drops output to a pipe that its reader has closed, so the
    /// program would never notice that nobody reads. A file stream reports this error. When standard output is a file, the
    /// console's stream is used, because it appends at the shell's position.
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
