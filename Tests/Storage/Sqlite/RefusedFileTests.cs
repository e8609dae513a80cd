using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class RefusedFileTests : IDisposable
{
    private const string NoRestore = "Never restore an acceptor's directory from a backup";

    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory["records.db"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("not a database")]
    [InlineData("SQLite format 3\0 but no more than that")]
    public void A_file_that_is_no_database_is_refused_untouched(string content)
    {
        File.WriteAllText(DatabasePath, content);
        Assert.Contains("is not an SQLite database", AssertRefusedUntouched());
    }

    [Fact]
    public void A_file_of_noise_is_refused_untouched()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(DatabasePath, noise);
        Assert.Contains("is not an SQLite database", AssertRefusedUntouched());
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void A_database_of_another_application_is_refused_untouched(string journalMode)
    {
        Edit($"PRAGMA journal_mode = {journalMode}; CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1); PRAGMA application_id = 7");
        Assert.Contains("another application (application id 0x00000007)", AssertRefusedUntouched());
    }

    [Fact]
    public void A_database_of_a_later_version_is_refused_untouched()
    {
        MakeOurs();
        Edit("PRAGMA user_version = 3");
        Assert.Contains("format version 3; this build reads version 2", AssertRefusedUntouched());
    }

    [Fact]
    public void A_database_of_the_version_before_is_refused_untouched()
    {
        MakeOurs();
        Edit("PRAGMA user_version = 1");
        Assert.Contains("format version 1; this build reads version 2", AssertRefusedUntouched());
    }

    [Fact]
    public void A_database_with_other_tables_is_refused_untouched()
    {
        MakeOurs();
        Edit("CREATE TABLE theirs (a)");
        Assert.Contains("holds other tables", AssertRefusedUntouched());
    }

    [Fact]
    public void A_damaged_database_is_refused_with_advice_that_breaks_no_promise()
    {
        File.WriteAllBytes(DatabasePath + "-wal", [1, 2, 3]);
        Assert.Contains(NoRestore, AssertRefusedUntouched());
        File.Delete(DatabasePath + "-wal");
        MakeOurs();
        File.WriteAllBytes(DatabasePath, File.ReadAllBytes(DatabasePath)[..20_000]);
        Assert.Contains(NoRestore, AssertRefusedUntouched());
    }

    [Fact]
    public void A_database_that_was_cut_off_is_refused_untouched()
    {
        MakeOurs();
        using (var file = File.OpenWrite(DatabasePath))
            file.SetLength(file.Length / 2);
        Assert.Contains("is damaged", AssertRefusedUntouched());
    }

    [Fact]
    public void A_database_with_a_page_of_noise_is_refused_untouched_whichever_page_it_is()
    {
        MakeOurs();
        var whole = File.ReadAllBytes(DatabasePath);
        var noise = new byte[4096 - 100];
        new Random(1).NextBytes(noise);
        for (var page = 0; page < whole.Length / 4096; page++)
        {
            var damaged = whole.ToArray();
            noise.CopyTo(damaged, (page * 4096) + 100);
            File.WriteAllBytes(DatabasePath, damaged);
            Assert.Contains("was refused", AssertRefusedUntouched());
        }
    }

    [Fact]
    public async Task A_record_that_the_disk_has_changed_is_not_served_and_the_others_are()
    {
        using (var storage = SqliteStorages.Open(_directory.Path))
        {
            await storage.WriteAsync("changed", "the value that was promised"u8.ToArray());
            await storage.WriteAsync("whole", [1]);
        }

        var bytes = File.ReadAllBytes(DatabasePath);
        bytes[bytes.AsSpan().IndexOf("the value that was promised"u8)] ^= 1;
        File.WriteAllBytes(DatabasePath, bytes);

        using var reopened = SqliteStorages.Open(_directory.Path);
        var damage = await Assert.ThrowsAsync<SqliteStorageException>(() => reopened.ReadAsync("changed"));
        Assert.Contains("checksum does not match", damage.Message);
        Assert.Contains(NoRestore, damage.Message);
        Assert.Equal([1], await reopened.ReadAsync("whole"));
    }

    [Fact]
    public async Task A_key_that_the_disk_has_changed_never_passes_for_a_record_that_is_absent()
    {
        MakeOurs();
        var whole = File.ReadAllBytes(DatabasePath);
        var key = "test/record-123/state"u8.ToArray();
        var refusals = 0;
        for (var at = 0; at <= whole.Length - key.Length; at++)
        {
            if (!whole.AsSpan(at).StartsWith(key))
                continue;
            var damaged = whole.ToArray();
            damaged[at + "test/record-".Length] ^= 1;
            File.WriteAllBytes(DatabasePath, damaged);
            try
            {
                // The copy may be one that a page split has left in free space.
                using var storage = SqliteStorages.Open(_directory.Path);
                Assert.NotNull(await storage.ReadAsync("record-123"));
            }
            catch (SqliteStorageRefusedException refusal)
            {
                Assert.Contains("is damaged", refusal.Message);
                refusals++;
            }
        }

        // In the table and in the index.
        Assert.Equal(2, refusals);
    }

    [Fact]
    public void A_log_without_its_database_is_refused_untouched()
    {
        File.WriteAllBytes(DatabasePath + "-wal", [1, 2, 3]);
        Assert.Contains("is the write-ahead log of a database that is missing", AssertRefusedUntouched());
    }

    [Fact]
    public async Task What_a_process_left_that_died_while_it_made_the_database_is_no_hindrance()
    {
        File.WriteAllText(DatabasePath + ".new", "unfinished");
        File.WriteAllText(DatabasePath + ".new-wal", "unfinished");
        using var storage = SqliteStorages.Open(_directory.Path);
        await storage.WriteAsync("record", [1]);
        Assert.False(File.Exists(DatabasePath + ".new"));
    }

    [Fact]
    public void An_orderly_end_leaves_one_whole_file_and_the_lock()
    {
        MakeOurs();
        Assert.Equal(["lock", "lock.owner", "records.db"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
    }

    private string AssertRefusedUntouched()
    {
        var before = DirectorySnapshot.Of(_directory.Path);
        before["lock"] = "0";
        before.Remove("lock.owner");

        var refusal = Assert.Throws<SqliteStorageRefusedException>(() => SqliteStorages.Open(_directory.Path));

        var after = DirectorySnapshot.Of(_directory.Path);
        after.Remove("lock.owner");
        Assert.Equal(before, after);
        Assert.Contains(_directory.Path, refusal.Message);
        return refusal.Message;
    }

    private void MakeOurs()
    {
        using var storage = SqliteStorages.Open(_directory.Path);
        Task.WaitAll([.. Enumerable.Range(0, 300).Select(i => storage.WriteAsync($"record-{i}", new byte[200 + i]))]);

        // Every tree contains something: an entry that is still needed moves to the end of the history while another record's entries come and go.
        storage.WriteVersionAsync("idle", new(), version: 2, firstVersion: 1).Wait();
        var busy = new GrainState<StoredRecord>();
        for (var version = 2; version < 200; version++)
            storage.WriteVersionAsync("busy", busy, version, firstVersion: version - 1).Wait();
    }

    private void Edit(string commands)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = commands;
        command.ExecuteNonQuery();
    }
}
