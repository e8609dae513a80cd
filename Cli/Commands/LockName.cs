using System.CommandLine;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The names of locks and elections, which share one space of names.</summary>
internal static class LockName
{
    /// <summary>Creates the argument. Its name is checked before any silo is asked: who waits for one would learn of a mistake late.</summary>
    public static Argument<string> Create(string description)
    {
        var name = new Argument<string>("NAME") { Description = description };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Problem(token.Value) is { } problem)
                result.AddError(problem);
        });
        return name;
    }

    private static string? Problem(string name) => RegisterName.Problem(name)
        ?? (RegisterName.Problem(ReservedNames.OfLock(name), mayBeReserved: true) is null ? null
            : $"The name of a lock has at most {ReservedNames.MostLockNameBytes} bytes of UTF-8.");
}
