namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>All scenarios, by name.</summary>
public static class ScenarioCatalog
{
    /// <summary>Writes to many registers, chosen at random.</summary>
    public const string WriteSpread = "write-spread";

    /// <summary>Writes to one register.</summary>
    public const string WriteHot = "write-hot";

    /// <summary>Linearizable reads of many registers, chosen at random.</summary>
    public const string ReadLinearizable = "read-linearizable";

    /// <summary>Reads of many registers, chosen at random, that may be stale.</summary>
    public const string ReadStale = "read-stale";

    /// <summary>90% linearizable reads and 10% writes of many registers.</summary>
    public const string Mixed = "mixed";

    /// <summary>Writes to registers that were never written before.</summary>
    public const string FirstWrite = "first-write";

    /// <summary>
    /// Many watchers of one register, which is written at a steady rate. An operation is a version that one watcher saw. Its
    /// latency is the time since just before the write was sent. If there are fewer operations than watchers times
    /// <see cref="ScenarioOptions.VersionsPerSecond"/> times the measured seconds, the target could not keep up.
    /// </summary>
    public const string WatchFanOut = "watch-fan-out";

    /// <summary>
    /// As <see cref="WatchFanOut"/>, but each watcher watches one prefix, below which all registers are written in turn. A version that is told
    /// twice or out of order is an error.
    /// </summary>
    public const string WatchPrefix = "watch-prefix";

    /// <summary>The names of all scenarios.</summary>
    public static ImmutableArray<string> Names { get; } = [WriteSpread, WriteHot, ReadLinearizable, ReadStale, Mixed, FirstWrite, WatchFanOut, WatchPrefix];

    /// <summary>Creates a scenario.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentException">No scenario has this name.</exception>
    public static Scenario Create(string name, ScenarioOptions? options = null)
    {
        options ??= new ScenarioOptions();
        return name switch
        {
            WriteSpread => new SpreadScenario(name, options, writePercent: 100, linearizable: true),
            WriteHot => new WriteHotScenario(options),
            ReadLinearizable => new SpreadScenario(name, options, writePercent: 0, linearizable: true),
            ReadStale => new SpreadScenario(name, options, writePercent: 0, linearizable: false),
            Mixed => new SpreadScenario(name, options, writePercent: 10, linearizable: true),
            FirstWrite => new FirstWriteScenario(options, UniqueId.New()),
            WatchFanOut => new WatchScenario(name, options, new WatchedRegister(RegisterSet.Of("watched/", 1, options)), UniqueId.New()),
            WatchPrefix => new WatchScenario(name, options, new WatchedPrefix(RegisterSet.Of("below/", options.Registers, options)), UniqueId.New()),
            _ => throw new ArgumentException($"There is no scenario '{name}'. There are: {string.Join(", ", Names)}.", nameof(name)),
        };
    }
}
