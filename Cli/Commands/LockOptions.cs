using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Connections;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The options of commands that hold something in a session of their own.</summary>
internal sealed class LockOptions
{
    private const double LongestSeconds = 86_400;

    private readonly Option<double> _timeToLive = NumberOption.Create(
        "--ttl", "For how many seconds it stays held if this program or its machine stops without a word", fallback: 15.0, least: 1, most: LongestSeconds);

    private readonly Option<double?> _wait = NumberOption.CreateOptional(
        "--wait", "For how many seconds to wait for it; without this option, as long as it takes", least: 0.0, most: LongestSeconds);

    public void AddTo(Command command)
    {
        command.Options.Add(_timeToLive);
        command.Options.Add(_wait);
    }

    /// <summary>How long to wait from now on, for the session and for what it is to hold.</summary>
    public WaitTime Wait(CommandContext context) =>
        new(TimeProvider.System, context.Get(_wait) is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    /// <summary>Opens the session.</summary>
    public Task<ILockSession> OpenAsync(CommandContext context, WaitTime wait, CancellationToken cancellationToken)
    {
        var timeToLive = TimeSpan.FromSeconds(context.Get(_timeToLive));
        var owner = $"{Environment.UserName}@{Environment.MachineName} paxos {Environment.ProcessId}";
        return new PatientOpening(wait, context.Console.Notice).OpenAsync(
            async longest => await (await context.ConnectAsync()).Locks.OpenAsync(timeToLive, owner, longest, cancellationToken), cancellationToken);
    }
}
