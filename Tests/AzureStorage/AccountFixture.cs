using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>One account that all tests of a class share, and the silo that opens it.</summary>
/// <param name="service"><c>table</c> or <c>blob</c>.</param>
/// <param name="add">Adds the storage under test to the silo.</param>
public abstract class AccountFixture(string service, Action<ISiloBuilder, string> add) : IAsyncDisposable
{
    private StorageAccount? _account;
    private StorageSilo? _silo;

    internal async Task<StorageSilo> OpenAsync()
    {
        _account ??= await StorageAccount.StartAsync(service);
        return _silo = await StorageSilo.StartAsync(silo => add(silo, _account.ConnectionString));
    }

    internal async Task CloseAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
        _silo = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
            await _account.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
