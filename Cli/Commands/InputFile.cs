using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>A file that a command reads.</summary>
internal static class InputFile
{
    /// <param name="path">The file.</param>
    /// <param name="source">The argument or option that named it, for messages.</param>
    /// <exception cref="UsageException">It is a folder, which the system would refuse for its rights.</exception>
    public static FileStream Open(string path, string source) => Directory.Exists(path)
        ? throw new UsageException($"'{path}' is a folder.", $"Give {source} the path of a file.")
        : File.OpenRead(path);
}
