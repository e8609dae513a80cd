using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>
/// A run of <c>paxos lock</c>, on Linux. A signal reaches it as a whole: it is stopped first, so that it starts no command any more, and then its command, which
/// has a process group of its own.
/// </summary>
internal sealed class HolderProcess
{
    private const int SigKill = 9;
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    private readonly Process _process;
    private readonly Lock _gate = new();

    private HolderProcess(string id, Process process) => (Id, _process) = (id, process);

    /// <summary>The name of this run in the diary.</summary>
    public string Id { get; }

    /// <summary>Whether it has the lock and runs its command.</summary>
    public bool HasCommand => IsRunning && Commands().Length > 0;

    private bool IsRunning => !_process.HasExited;

    /// <summary>Starts it.</summary>
    /// <param name="id">The name of this run in the diary.</param>
    /// <param name="name">The lock.</param>
    /// <param name="timeToLive">The time-to-live of its session.</param>
    /// <param name="ticks">How many lines its command writes before the last one.</param>
    /// <param name="diary">The file of the diary.</param>
    /// <param name="silos">The silos that it asks.</param>
    public static HolderProcess Start(string id, string name, TimeSpan timeToLive, int ticks, string diary, IEnumerable<Uri> silos)
    {
        string[] options = [.. silos.SelectMany(silo => new[] { "--url", $"{silo}" }), "--ttl", timeToLive.TotalSeconds.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "paxos.dll"), "lock", name, .. options, "--", "sh", "-c", DiaryLine.Script])
        {
            RedirectStandardInput = true, // at a terminal the command would share this program's process group
            RedirectStandardError = true,
        };
        start.Environment["CHAOS_HOLDER"] = id;
        start.Environment["CHAOS_DIARY"] = diary;
        start.Environment["CHAOS_TICKS"] = $"{ticks}";
        return new HolderProcess(id, Process.Start(start)!);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int Code, string Errors)> ExitAsync()
    {
        var errors = await _process.StandardError.ReadToEndAsync(CancellationToken.None);
        await _process.WaitForExitAsync(CancellationToken.None);
        return (_process.ExitCode, errors.Trim());
    }

    /// <summary>Kills it and its command.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            Stop(sparesCommand: false);
            Send(SigKill);
        }
    }

    /// <summary>Makes it and its command stand still.</summary>
    /// <param name="sparesCommand">Whether the command goes on, as that of a broken <c>paxos lock</c> that takes no notice of its time-to-live.</param>
    public void Freeze(bool sparesCommand)
    {
        lock (_gate)
            Stop(sparesCommand);
    }

    /// <summary>Lets it and its command go on.</summary>
    public void Thaw()
    {
        lock (_gate)
            Send(SigContinue);
    }

    private void Stop(bool sparesCommand)
    {
        if (!IsRunning)
            return;
        _ = SendSignal(_process.Id, SigStop);
        while (IsRunning && !StandsStill())
            Thread.CurrentThread.Join(BetweenLooks);
        foreach (var command in sparesCommand ? [] : Commands())
            SendToGroup(command, SigStop);
    }

    private void Send(int signal)
    {
        if (!IsRunning)
            return;
        foreach (var command in Commands())
            SendToGroup(command, signal);
        _ = SendSignal(_process.Id, signal);
    }

    /// <summary>A command that has just been started may not have its group yet.</summary>
    private static void SendToGroup(int command, int signal)
    {
        if (SendSignal(-command, signal) != 0)
            _ = SendSignal(command, signal);
    }

    private bool StandsStill() => OfEachThread("stat").All(line => line[(line.LastIndexOf(')') + 2)..][0] is 'T' or 'Z' or 'X');

    private int[] Commands() => [.. OfEachThread("children").SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];

    /// <summary>Reads a file of each of its threads. Threads come and go.</summary>
    private IEnumerable<string> OfEachThread(string file)
    {
        string[] threads;
        try
        {
            threads = Directory.GetDirectories($"/proc/{_process.Id}/task");
        }
        catch (DirectoryNotFoundException)
        {
            yield break;
        }

        foreach (var thread in threads)
        {
            if (TryRead(Path.Combine(thread, file)) is { Length: > 0 } text)
                yield return text;
        }
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
