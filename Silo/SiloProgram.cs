using System.Runtime.InteropServices;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Processes;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo;

/// <summary>Runs the host's process from its arguments to its exit code.</summary>
internal static class SiloProgram
{
    private const int Success = 0;
    private const int Failed = 1;
    private const int WrongSettings = 2;

    /// <summary>Runs until the process is stopped.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Receives the usage.</param>
    /// <param name="errors">Receives the errors, one line each.</param>
    /// <returns>The exit code: 0 stopped, 1 could not start or continue, 2 the settings are not valid. A health check returns only 0 or 1.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var commandLine = SiloCommandLine.Parse(arguments);
        if (commandLine.AsksForText)
        {
            commandLine.PrintText(output);
            return Success;
        }

        try
        {
            if (commandLine.Processes is { } count)
                await RunProcessesAsync(count, commandLine, output);
            else if (commandLine.IsHealthCheck)
                return await HealthCheck.IsReadyAsync(commandLine, errors) ? Success : Failed;
            else
                await ServeAsync(commandLine, output);
            return Success;
        }
        catch (SettingsException exception)
        {
            foreach (var mistake in exception.Mistakes)
                await errors.WriteLineAsync($"error: {mistake}");
            return WrongSettings;
        }
        catch (Exception exception)
        {
            await errors.WriteLineAsync($"error: {StartFailure.Explain(exception) ?? $"unexpected: {exception}"}");
            return Failed;
        }
    }

    private static async Task ServeAsync(SiloCommandLine commandLine, TextWriter output)
    {
        var builder = SiloApplication.CreateBuilder(commandLine);
        var settings = SettingsReader.Read(builder.Configuration);
        await using var app = SiloApplication.Build(builder, settings);
        Preflight.Check(settings, app.Services);
        try
        {
            await app.StartAsync();
        }
        catch (Exception) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return; // stopped during the start; each part ends by itself
        }

        await Welcome.WriteAsync(output, settings, app);
        await app.WaitForShutdownAsync();
    }

    private static async Task RunProcessesAsync(int count, SiloCommandLine commandLine, TextWriter output)
    {
        var members = PlannedSilo.Plan(count, commandLine);
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var cluster = new ProcessCluster(members, output);
        await cluster.RunAsync(stopping.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }
}
