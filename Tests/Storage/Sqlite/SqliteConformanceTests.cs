using Orleans.Paxos.Storage.Sqlite;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class SqliteConformanceTests : GrainStorageConformance
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteGrainStorage? _storage;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override Task<IGrainStorage> OpenAsync()
    {
        _storage = SqliteStorages.Open(_directory.Path);
        return Task.FromResult<IGrainStorage>(_storage);
    }

    protected override Task CloseAsync()
    {
        _storage?.Dispose();
        return Task.CompletedTask;
    }
}
