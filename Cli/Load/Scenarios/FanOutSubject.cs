using System.Globalization;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>What is written and watched: registers, numbered from 0, that are watched by one watch together.</summary>
/// <param name="registers">The registers.</param>
internal abstract class FanOutSubject(RegisterSet registers)
{
    /// <summary>The registers.</summary>
    public RegisterSet Registers => registers;

    /// <summary>The name of the register that gets a version of the run: they take turns.</summary>
    public string NameOf(long version) => registers.Names.Of(version % registers.Count);

    /// <summary>The number of a register; null if it is none of these.</summary>
    public int? NumberOf(string register) =>
        register.StartsWith(registers.Names.Text, StringComparison.Ordinal)
        && int.TryParse(register.AsSpan(registers.Names.Text.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < registers.Count
            ? number
            : null;

    /// <summary>Watches until the token is canceled.</summary>
    public abstract Task WatchAsync(ILoadTarget target, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken);
}

/// <summary>One register.</summary>
internal sealed class WatchedRegister(RegisterSet registers) : FanOutSubject(registers)
{
    private readonly string _register = registers.Names.Of(0);

    public override Task WatchAsync(ILoadTarget target, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        target.WatchAsync(_register, (version, value) => seen(_register, version, value), cancellationToken);
}

/// <summary>All registers below a prefix.</summary>
internal sealed class WatchedPrefix(RegisterSet registers) : FanOutSubject(registers)
{
    private readonly string _prefix = registers.Names.Text;

    public override Task WatchAsync(ILoadTarget target, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        target.WatchPrefixAsync(_prefix, listing, seen, cancellationToken);
}
