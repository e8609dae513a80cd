using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Tests.Cli.Load;

/// <summary>A report with one element of every kind.</summary>
internal static class Samples
{
    public static Measurement Measurement { get; } = new()
    {
        Scenario = "write-spread",
        Target = "paxos",
        Clients = 64,
        ValueBytes = 256,
        Operations = 12_345,
        ElapsedSeconds = 2.5,
        Latencies = new Latencies(1.25, 2.5, 10, 99.999, 1234.5),
    };

    public static Report Report { get; } = new()
    {
        Title = "Sample",
        Date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Command = "paxos bench",
        Subject = "commit 1234567",
        Machine = new MachineDescription(2, "Z80", "CP/M", "10.0.1"),
        Notes = ["A note."],
        Measurements =
        [
            Measurement,
            Measurement with
            {
                Target = "etcd",
                Operations = 5_000,
                Round = 2,
                Errors = [new ErrorCount("TimeoutException", 3, "too slow")],
                ProcessorMicrosecondsPerOperation = 512,
            },
        ],
        Ratios = [new Ratio("writes", "paxos: operations/s", "etcd: operations/s", [2, 3, 2.5], "at least 3") { Reached = false }],
        Series =
        [
            new Series("writes", "acceptors", "operations/s", [new Point(1, 30_000), new Point(3, 12_000), new Point(5, 8_000)]),
            new Series("memory", "registers", "bytes", [new Point(1_000, 700), new Point(10_000, 650), new Point(1_000_000, 640)], LogX: true) { Plot = "a register" },
            new Series("disk", "registers", "bytes", [new Point(1_000, 900), new Point(1_000_000, 400)], LogX: true) { Plot = "a register" },
        ],
    };
}
