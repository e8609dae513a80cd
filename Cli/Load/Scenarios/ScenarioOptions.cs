namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>The options of a scenario.</summary>
public sealed record ScenarioOptions
{
    /// <summary>The length of a register's name in bytes, when the prefix leaves room for the number.</summary>
    public const int NameBytes = 32;

    /// <summary>The default of <see cref="Registers"/>.</summary>
    public const int DefaultRegisters = 10_000;

    /// <summary>The default of <see cref="ValueBytes"/>.</summary>
    public const int DefaultValueBytes = 256;

    /// <summary>The default of <see cref="Watchers"/>.</summary>
    public const int DefaultWatchers = 1_000;

    /// <summary>The default of <see cref="VersionsPerSecond"/>.</summary>
    public const int DefaultVersionsPerSecond = 100;

    /// <summary>The prefix of the names of all registers.</summary>
    public string Prefix { get; init; } = "bench/";

    /// <summary>The number of registers that the spread scenarios and watch-prefix use.</summary>
    public int Registers { get; init; } = DefaultRegisters;

    /// <summary>The size of a value in bytes. Watch-fan-out and watch-prefix use at least 48.</summary>
    public int ValueBytes { get; init; } = DefaultValueBytes;

    /// <summary>The number of watchers in watch-fan-out and watch-prefix.</summary>
    public int Watchers { get; init; } = DefaultWatchers;

    /// <summary>The number of versions that watch-fan-out and watch-prefix write per second.</summary>
    public int VersionsPerSecond { get; init; } = DefaultVersionsPerSecond;

    /// <summary>The number of registers that are prepared at the same time.</summary>
    public int PrepareClients { get; init; } = 128;

    /// <summary>The seed of the random choices: which registers, reads or writes, and the bytes of values.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Validates these options and returns them.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or the prefix leads to invalid names.</exception>
    internal ScenarioOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Registers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ValueBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(Watchers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(VersionsPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PrepareClients, 1);
        if (RegisterName.Problem(NumberedNames.LongestBelow(Prefix)) is { } problem)
            throw new ArgumentException($"The prefix '{Prefix}' leads to invalid names. {problem}", nameof(Prefix));
        return this;
    }
}
