namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>The size of a scenario.</summary>
public sealed record ScenarioOptions
{
    /// <summary>The length of a register's name, in bytes, where the prefix leaves room for the number in it.</summary>
    public const int NameBytes = 32;

    /// <summary>The default of <see cref="Registers"/>.</summary>
    public const int DefaultRegisters = 10_000;

    /// <summary>The default of <see cref="ValueBytes"/>.</summary>
    public const int DefaultValueBytes = 256;

    /// <summary>The default of <see cref="Watchers"/>.</summary>
    public const int DefaultWatchers = 1_000;

    /// <summary>What the names of all registers start with.</summary>
    public string Prefix { get; init; } = "bench/";

    /// <summary>How many registers the spread scenarios use.</summary>
    public int Registers { get; init; } = DefaultRegisters;

    /// <summary>The size of a value, in bytes. Watch-fan-out needs 48 and uses these if there are fewer.</summary>
    public int ValueBytes { get; init; } = DefaultValueBytes;

    /// <summary>How many watchers watch-fan-out has.</summary>
    public int Watchers { get; init; } = DefaultWatchers;

    /// <summary>How many versions watch-fan-out writes a second.</summary>
    public int VersionsPerSecond { get; init; } = 100;

    /// <summary>What registers are prepared with at once.</summary>
    public int PrepareClients { get; init; } = 128;

    /// <summary>Where the choice of registers, of reads or writes, and the bytes of values start from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>These options.</summary>
    /// <exception cref="ArgumentException">One is out of its range, or the prefix makes names that cannot be.</exception>
    internal ScenarioOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Registers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ValueBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(Watchers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(VersionsPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PrepareClients, 1);
        if (RegisterName.Problem(NumberedNames.LongestBelow(Prefix)) is { } problem)
            throw new ArgumentException($"The prefix '{Prefix}' makes names that cannot be. {problem}", nameof(Prefix));
        return this;
    }
}
