namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Three accounts, each in its own process.</summary>
internal sealed class StorageAccounts : IAsyncDisposable
{
    private StorageAccounts(ImmutableArray<StorageAccount> all) => All = all;

    public ImmutableArray<StorageAccount> All { get; }

    public StorageAccount this[int number] => All[number];

    public static async Task<StorageAccounts> StartAsync(bool durable = false)
    {
        Task<StorageAccount>[] starting = [.. Enumerable.Range(0, 3).Select(_ => StorageAccount.StartAsync(durable: durable))];
        try
        {
            return new([.. await Task.WhenAll(starting)]);
        }
        catch
        {
            foreach (var started in starting.Where(start => start.IsCompletedSuccessfully))
                await started.Result.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var account in All)
            await account.DisposeAsync();
    }
}
