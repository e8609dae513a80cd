using System.Text;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Three acceptors without a runtime, and the command line that backs them up and restores them.</summary>
internal sealed class BackedUpWorld : IConnection, IBackupClient
{
    private readonly ShiftedClock _clock = new();
    private readonly ProposerFront _front;

    public BackedUpWorld(Action<PaxosOptions>? configure = null)
    {
        World = new PaxosWorld(3, configure, _clock, inOneCommit: true);
        _front = World.NewFront(static (_, _) => Task.CompletedTask);
    }

    public PaxosWorld World { get; }

    /// <summary>Sees the number of each call for a page, and of each register that is restored, before it is made. It may throw.</summary>
    public Action<int>? BeforeCall { get; set; }

    /// <summary>How many pages were read and registers restored.</summary>
    public int Calls { get; private set; }

    public int Restored { get; private set; }

    public IBackupClient Backups => this;

    public IAcceptorSetConnection Acceptors => throw new NotSupportedException();

    IRegisterClient IConnection.Registers => throw new NotSupportedException();

    ILockConnection IConnection.Locks => throw new NotSupportedException();

    public Task<CliResult> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);

    public Task<CliResult> RunAsync(CancellationToken interrupt, params string[] arguments) =>
        new CliRun { Connect = (_, _, _) => Task.FromResult<IConnection>(this), Interrupt = interrupt }.RunAsync(arguments);

    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, Guid? requestId = null, long? floor = null) =>
        await _front.ChangeAsync(name, new ChangeRequest(requestId ?? UniqueId.New(), change, _clock.GetUtcNow(), floor ?? await _front.FloorAsync(name)));

    public async Task<long> SetAsync(string name, params string[] values)
    {
        var version = 0L;
        foreach (var value in values)
            version = (await ChangeAsync(name, Change.Set(Encoding.UTF8.GetBytes(value)))).WrittenVersion!.Value;
        return version;
    }

    public Task<RegisterEntry?> ReadAsync(string name) => _front.ReadAsync(name);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name) => _front.HistoryAsync(name);

    /// <summary>Deletes a register, and has every acceptor forget it.</summary>
    public async Task ForgetAsync(string name)
    {
        await ChangeAsync(name, Change.Delete());
        _clock.Advance(World.Options.ForgetAfter);
        for (var step = 0; step < 50; step++)
        {
            foreach (var node in World.Nodes.Values)
                await node.ForgetAsync();
        }

        Assert.Empty((await _front.ListHistoriesAsync(name, "", 10)).Registers);
    }

    /// <summary>Everything of a cluster that a backup has, as text.</summary>
    public async Task<string> ContentAsync(long versionsBelow = 0)
    {
        var text = new StringBuilder();
        foreach (var prefix in (string[])[ReservedNames.Locks, ""])
        {
            foreach (var history in (await _front.ListHistoriesAsync(prefix, "", 10_000)).Registers)
                text.AppendLine($"{history.Name}: {string.Join(' ', history.Entries.Select(entry => Wire.Parts(entry with { Version = entry.Version - versionsBelow })))}");
        }

        return text.ToString();
    }

    public Task<BackupPage> ReadPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(++Calls);
        cancellationToken.ThrowIfCancellationRequested();
        return _front.ListHistoriesAsync(prefix, after, limit);
    }

    public Task<WatermarksReply> ReadWatermarksAsync(int first, int count, CancellationToken cancellationToken) => _front.WatermarksAsync(first, count);

    public Task RaiseWatermarksAsync(ImmutableArray<BucketWatermark> watermarks, CancellationToken cancellationToken) => _front.RaiseAsync(watermarks);

    public async Task<ChangeOutcome> RestoreAsync(RegisterHistory history, CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(++Calls);
        cancellationToken.ThrowIfCancellationRequested();
        Restored++;
        return await ChangeAsync(history.Name, Change.Restore(history), history.Entries[^1].RequestId);
    }

    public async Task<StatusReport> StatusAsync(CancellationToken cancellationToken) => StatusReport.From(await _front.StatusAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
