using System.Text;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Settings;
using Orleans.Paxos.Tests.Http;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Imports to and exports from registers in memory, without HTTP.</summary>
internal sealed class SettingsFixture : IConnection
{
    public FakeRegisterClient Registers { get; } = new();

    IRegisterClient IConnection.Registers => Registers;

    IBackupClient IConnection.Backups => throw new NotSupportedException();

    IAcceptorSetConnection IConnection.Acceptors => throw new NotSupportedException();

    ILockConnection IConnection.Locks => throw new NotSupportedException();

    public async Task<CliResult> ImportAsync(string json, params string[] options)
    {
        var run = new CliRun { Connect = ConnectAsync, Input = Encoding.UTF8.GetBytes(json) };
        return await run.RunAsync(["import", "-", .. options]);
    }

    public Task<CliResult> ExportAsync(params string[] options) =>
        new CliRun { Connect = ConnectAsync }.RunAsync(["export", .. options]);

    public Task SetAsync(string name, string value) => Registers.ChangeAsync(name, Change.Set(Encoding.UTF8.GetBytes(value)));

    public async Task<string> ValueAsync(string name) => Encoding.UTF8.GetString((await Registers.ReadAsync(name))!.Value);

    /// <summary>Gets every register except the shapes, with its value.</summary>
    public async Task<Dictionary<string, string>> ValuesAsync()
    {
        var values = new Dictionary<string, string>();
        foreach (var name in (await Registers.ListPageAsync(limit: 10_000)).Names.Where(name => SettingsPrefix.OfShape(name) is null))
            values.Add(name, await ValueAsync(name));
        return values;
    }

    Task<StatusReport> IConnection.StatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;

    public Task<IConnection> ConnectAsync(ConnectionTarget target, Action<string> notice, CancellationToken cancellationToken) =>
        Task.FromResult<IConnection>(this);
}
