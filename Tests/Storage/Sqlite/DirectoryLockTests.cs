namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class DirectoryLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_second_owner_in_the_same_process_is_refused_and_touches_nothing()
    {
        using var storage = SqliteStorages.Open(_directory.Path);
        await storage.WriteAsync("record", [1]);
        Assert.True(storage.IsExclusivelyOwned);
        var before = DirectorySnapshot.Of(_directory.Path);

        var refusal = Assert.Throws<SqliteStorageLockedException>(() => SqliteStorages.Open(_directory.Path));

        Assert.Contains(_directory.Path, refusal.Message);
        Assert.Contains($"process {Environment.ProcessId} on machine '{Environment.MachineName}'", refusal.Message);
        Assert.Equal(before, DirectorySnapshot.Of(_directory.Path));
        Assert.Equal([1], await storage.ReadAsync("record"));
    }

    [Fact]
    public async Task A_second_owner_by_another_path_to_the_directory_is_refused()
    {
        using var storage = SqliteStorages.Open(_directory["data"]);
        Directory.CreateSymbolicLink(_directory["link"], _directory["data"]);
        Assert.Throws<SqliteStorageLockedException>(() => SqliteStorages.Open(_directory["link"]));
        await storage.WriteAsync("record", [1]);
    }

    [Fact]
    public async Task A_second_process_is_refused_by_the_name_of_the_first_and_let_in_after_its_end()
    {
        using (var child = StorageChildProcess.Start(StorageChild.Hold, _directory.Path))
        {
            Assert.Equal("held", await child.ReadLineAsync());
            var refusal = Assert.Throws<SqliteStorageLockedException>(() => SqliteStorages.Open(_directory.Path));
            Assert.Contains($"process {child.Id} ", refusal.Message);
            await child.EndAsync();
        }

        using var storage = SqliteStorages.Open(_directory.Path);
        await storage.WriteAsync("record", [1]);
    }

    [Fact]
    public async Task A_killed_process_leaves_no_lock()
    {
        using (var child = StorageChildProcess.Start(StorageChild.Hold, _directory.Path))
        {
            Assert.Equal("held", await child.ReadLineAsync());
            await child.KillAsync();
        }

        using var storage = SqliteStorages.Open(_directory.Path);
        await storage.WriteAsync("record", [1]);
    }

    [Fact]
    public void A_storage_that_was_never_stopped_in_order_lets_go_when_it_is_disposed()
    {
        var storage = SqliteStorages.Open(_directory.Path);
        storage.Dispose();
        storage.Dispose();
        Assert.False(storage.IsExclusivelyOwned);
        SqliteStorages.Open(_directory.Path).Dispose();
    }

    [Fact]
    public async Task After_its_end_every_operation_says_so()
    {
        var storage = SqliteStorages.Open(_directory.Path);
        storage.Dispose();
        Assert.Contains("not open", (await Assert.ThrowsAsync<SqliteStorageException>(() => storage.ReadAsync("record"))).Message);
        Assert.Contains("not open", (await Assert.ThrowsAsync<SqliteStorageException>(() => storage.WriteAsync("record", [1]))).Message);
        Assert.Throws<ObjectDisposedException>(storage.Open);
    }

    [Fact]
    public void A_missing_directory_is_made_with_all_above_it()
    {
        SqliteStorages.Open(_directory["a/b/c"]).Dispose();
        Assert.True(File.Exists(_directory["a/b/c/records.db"]));
    }

    [Fact]
    public void A_directory_that_cannot_be_made_gives_an_error_with_its_name()
    {
        File.WriteAllText(_directory["file"], "");
        var refusal = Assert.Throws<SqliteStorageException>(() => SqliteStorages.Open(_directory["file/data"]));
        Assert.Contains(_directory["file/data"], refusal.Message);
    }

    [Fact]
    public void A_directory_without_the_right_to_write_gives_an_error_with_its_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Nothing is forbidden to this user.");
        Directory.CreateDirectory(_directory["data"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_directory["data"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var refusal = Assert.Throws<SqliteStorageException>(() => SqliteStorages.Open(_directory["data"]));
        Assert.Contains(_directory["data"], refusal.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_directory["data"]));
    }
}
