using System.Diagnostics;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>This program, started again as the process that uses a storage directory.</summary>
internal sealed class StorageChildProcess : IDisposable
{
    private readonly Process _process;

    private StorageChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static StorageChildProcess Start(string task, string directory)
    {
        var program = Path.ChangeExtension(typeof(StorageChild).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        return new(Process.Start(new ProcessStartInfo(program, [StorageChild.Command, task, directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <returns>The next line that it prints; null after the last.</returns>
    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>Lets it end gracefully.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _process.ExitCode);
    }

    /// <summary>Kills it at once: SIGKILL on Unix.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
