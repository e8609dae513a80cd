using System.CommandLine;
using System.Text;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos elect</c></summary>
internal static class ElectCommand
{
    private const string Details = """
        Waits to be elected, proclaims VALUE, and leads while the command runs, or without one until it is interrupted. Signals,
        exit codes and the environment of the command are those of 'paxos lock'; so is what happens when the leadership is lost.

        --observe prints who leads, and every further leader: token, owner and value, separated by tabs, or '-' for nobody.
        """;

    public static Command Create(CommandHost host)
    {
        var name = LockName.Create("The election's name, such as services/scheduler");
        var value = new Argument<string?>("VALUE") { Description = "What the leader proclaims, such as its address", Arity = ArgumentArity.ZeroOrOne };
        var program = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, after '--'", Arity = ArgumentArity.ZeroOrMore };
        var observe = new Option<bool>("--observe") { Description = "Print who leads, instead of campaigning" };
        var options = new LockOptions();
        var command = new DocumentedCommand(
            "elect",
            "Campaign in an election, and lead",
            Details,
            "paxos elect services/scheduler http://10.0.0.5:9000 -- ./scheduler",
            "paxos elect services/scheduler \"$(hostname)\"",
            "paxos elect services/scheduler --observe")
        {
            name,
            value,
            program,
            observe,
        };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            var campaigns = result.GetResult(value) is { Tokens.Count: > 0 };
            if (campaigns && result.GetValue(observe))
                result.AddError("VALUE and --observe exclude each other: campaign, or look on.");
            else if (!campaigns && !result.GetValue(observe))
                result.AddError("There is no value. Give VALUE, which the leader proclaims, or --observe.");
        });
        host.Handle(command, (context, cancellationToken) =>
        {
            if (context.Get(observe))
                return ObserveAsync(context, context.Get(name), cancellationToken);
            if (context.IsAfterDashes(value) && !context.IsAfterDashes(name))
                throw new UsageException("There is no value before '--'.", "Give VALUE, which the leader proclaims, before it: paxos elect NAME VALUE -- COMMAND. If it starts with a dash: paxos elect -- NAME VALUE COMMAND.");
            return CampaignAsync(context, options, context.Get(name), context.Get(value)!, context.Get(program), cancellationToken);
        });
        return command;
    }

    private static async Task<int> CampaignAsync(
        CommandContext context, LockOptions options, string name, string value, string[] command, CancellationToken cancellationToken)
    {
        var guarded = command.Length == 0 ? null : new GuardedCommand(command);
        var wait = options.Wait(context);
        await using var session = await options.OpenAsync(context, wait, cancellationToken);
        if (await session.CampaignAsync(name, Encoding.UTF8.GetBytes(value), wait.Left, cancellationToken) is not { } token)
        {
            context.Console.Notice($"Another leads in '{name}', and the time to wait is over.");
            return ExitCode.Refused;
        }

        if (guarded is not null)
            return await guarded.RunAsync(context, session, name, token, cancellationToken);
        await context.Console.Out.WriteLineAsync(LeaderOutput.Elected(name, session.Id, token, context.Json));
        await context.Console.FlushAsync(cancellationToken);
        return await LeadAsync(context, session, name, cancellationToken);
    }

    /// <summary>Leads until the program is interrupted, which is its normal end, or the session is lost.</summary>
    private static async Task<int> LeadAsync(CommandContext context, ILockSession session, string name, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Endangered);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!session.Endangered.IsCancellationRequested)
            return ExitCode.Ok;
        context.Console.Notice($"The leadership of '{name}' cannot be kept: its session is not renewed, or its end was asked for.");
        return ExitCode.LockLost;
    }

    private static async Task<int> ObserveAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        try
        {
            var locks = (await context.ConnectAsync()).Locks;
            await foreach (var leader in locks.ObserveAsync(name, cancellationToken))
            {
                await context.Console.Out.WriteLineAsync(LeaderOutput.Line(name, leader, context.Json));
                await context.Console.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends it normally, as it ends a watch.
        }

        return ExitCode.Ok;
    }
}
