namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class SqliteHostingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_ordinary_grain_finds_its_state_after_the_silo_was_stopped_and_after_it_was_killed()
    {
        await using (var silo = await StartAsync())
        {
            Assert.Equal(2, await silo.Grains.GetGrain<ICountingGrain>("a/b").AddAsync(2));
            Assert.Equal(7, await silo.Grains.GetGrain<ICountingGrain>("other").AddAsync(7));
            var storage = Assert.IsType<IAcceptorGrainStorage>(silo.Storage("sqlite"), exactMatch: false);
            Assert.True(storage.IsExclusivelyOwned);
            Assert.Equal("sqlite", storage.Kind);
        }

        await using (var silo = await StartAsync())
        {
            Assert.Equal(5, await silo.Grains.GetGrain<ICountingGrain>("a/b").AddAsync(3));
            await silo.KillAsync();
        }

        await using (var silo = await StartAsync())
        {
            Assert.Equal(9, await silo.Grains.GetGrain<ICountingGrain>("a/b").AddAsync(4));
            await silo.Grains.GetGrain<ICountingGrain>("a/b").ClearAsync();
            Assert.Equal(1, await silo.Grains.GetGrain<ICountingGrain>("a/b").AddAsync(1));
        }
    }

    [Fact]
    public async Task A_silo_does_not_start_on_a_directory_that_another_owns_and_does_once_it_is_free()
    {
        using (SqliteStorages.Open(_directory.Path))
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(StartAsync);
            Assert.Contains($"The storage directory '{_directory.Path}' is in use", failure.ToString());
        }

        await using var silo = await StartAsync();
        Assert.Equal(1, await silo.Grains.GetGrain<ICountingGrain>("a").AddAsync(1));
    }

    [Fact]
    public async Task A_silo_does_not_start_with_bad_options_and_names_them()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => StorageSilo.StartAsync(silo => silo.AddSqliteGrainStorage("sqlite", options => options.MaximumRecordBytes = 0)));
        Assert.Contains("SQLite storage 'sqlite': Directory is empty", failure.ToString());
        Assert.Contains("MaximumRecordBytes is 0", failure.ToString());
    }

    private Task<StorageSilo> StartAsync() =>
        StorageSilo.StartAsync(silo => silo.AddSqliteGrainStorage("sqlite", options => options.Directory = _directory.Path));
}
