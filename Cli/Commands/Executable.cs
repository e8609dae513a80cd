using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Finds programs as a shell does: by their path, or in the folders of PATH.</summary>
internal static class Executable
{
    private const int CannotRun = 126;
    private const int NotFound = 127;

    /// <summary>Finds the program of a command, before anything is done for it.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="CommandNotStartedException">There is none, or it cannot be run.</exception>
    public static string Find(string program)
    {
        var paths = Candidates(program).ToList();
        if (paths.FirstOrDefault(IsRunnable) is { } found)
            return found;
        throw paths.FirstOrDefault(Path.Exists) is { } other
            ? new CommandNotStartedException(CannotRun, $"'{other}' cannot be run: {(Directory.Exists(other) ? "it is a folder" : "it is not executable")}. Nothing was locked.")
            : new CommandNotStartedException(NotFound, $"There is no command '{program}'{(IsPath(program) ? "" : " in the folders of PATH")}. Nothing was locked.");
    }

    /// <summary>Finds a program; null if there is none.</summary>
    public static string? TryFind(string program) => Candidates(program).FirstOrDefault(IsRunnable);

    private static IEnumerable<string> Candidates(string program)
    {
        if (IsPath(program))
            return [program];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)));
    }

    private static bool IsPath(string program) => program.Length == 0 || program.Contains('/') || (OperatingSystem.IsWindows() && program.Contains('\\'));

    private static bool IsRunnable(string path) => File.Exists(path) && (OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
