using System.Text;
using Orleans.Paxos.Cli.Backups;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>What <c>paxos restore</c> writes into another cluster.</summary>
public sealed class RestoreTests : IDisposable
{
    private const long Bump = 1_000_000;

    private static readonly byte[] Value = [1];

    private readonly BackedUpWorld _old = new();
    private readonly BackedUpWorld _new = new();
    private readonly TemporaryDirectory _folder = new();

    private string File => Path.Combine(_folder.Path, "registers.backup");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_comes_back_with_its_history_its_times_and_its_request_ids()
    {
        await _old.SetAsync("a", "1", "2", "3");
        await _old.SetAsync("ключ/🙂", "grün");
        await _old.SetAsync(" white ~ space", "");
        await _old.ChangeAsync("binary", Change.Set([0, 255, 128, 7]));
        await _old.ChangeAsync("counter", Change.Add(41));
        await _old.ChangeAsync("fenced", Change.Set(Value) with { Fence = new Fence("jobs", 7) });
        await _old.ChangeAsync("kept", Change.Set(Value) with { Fence = new Fence("jobs", 9) });
        await _old.ChangeAsync("kept", Change.Delete() with { Fence = new Fence("jobs", 9) });
        await _old.SetAsync("gone", "1");
        await _old.ChangeAsync("gone", Change.Delete());
        await _old.SetAsync("long", [.. Enumerable.Range(0, 40).Select(static number => $"{number}")]);
        await RestoreAsync();
        Assert.Equal(await _old.ContentAsync(), await _new.ContentAsync(versionsBelow: Bump));
        Assert.Equal(16, (await _new.HistoryAsync("long")).Length);
        Assert.Equal((ChangeStatus.Applied, Bump + 4), await SetAsync("a"));
        Assert.Equal("42", Encoding.UTF8.GetString((await _new.ChangeAsync("counter", Change.Add(1))).Entry!.Value));
        Assert.Equal(ChangeStatus.Fenced, (await _new.ChangeAsync("fenced", Change.Set(Value) with { Fence = new Fence("jobs", 6) })).Status);
        Assert.Equal(ChangeStatus.Fenced, (await _new.ChangeAsync("kept", Change.Set(Value) with { Fence = new Fence("jobs", 8) })).Status);
        Assert.Equal(ChangeStatus.Applied, (await _new.ChangeAsync("gone", Change.Decide(Value))).Status);
    }

    [Fact]
    public async Task The_largest_values_come_back()
    {
        var value = new byte[_old.World.Options.MaxValueBytes];
        new Random(1).NextBytes(value);
        for (var index = 0; index < 7; index++)
            await _old.ChangeAsync($"big/{index / 3}", Change.Set(value));
        await _old.ChangeAsync("control", Change.Set(new byte[value.Length]));
        await RestoreAsync();
        Assert.Equal(await _old.ContentAsync(), await _new.ContentAsync(versionsBelow: Bump));
    }

    [Fact]
    public async Task An_empty_cluster_comes_back()
    {
        await RestoreAsync();
        Assert.Equal("", await _new.ContentAsync());
        Assert.Equal((ChangeStatus.Applied, Bump + 1), await SetAsync("new"));
    }

    [Fact]
    public async Task No_version_falls_not_even_of_names_that_the_backup_does_not_know()
    {
        var highest = await HighestVersionsAsync();
        await RestoreAsync();
        await AssertNoneFallsAsync(highest);
    }

    /// <summary>The control: without the bump they fall, and the test above would show it.</summary>
    [Fact]
    public async Task Without_the_bump_they_fall()
    {
        var highest = await HighestVersionsAsync();
        await RestoreWithAsync(bump: 0);
        Assert.ThrowsAny<Exception>(() => AssertNoneFallsAsync(highest).GetAwaiter().GetResult());
    }

    /// <summary>The control: if only the registers were bumped, names that are not in the backup would begin anew.</summary>
    [Fact]
    public async Task Without_the_watermarks_they_fall()
    {
        var highest = await HighestVersionsAsync();
        await RestoreWithAsync(Bump, raises: false);
        Assert.ThrowsAny<Exception>(() => AssertNoneFallsAsync(highest).GetAwaiter().GetResult());
    }

    [Fact]
    public async Task Locks_are_free_and_what_belongs_to_a_session_is_deleted()
    {
        await _old.SetAsync("!locks/jobs", "{}", "{\"holders\":[]}");
        await _old.ChangeAsync("node/1", Change.Set(Value) with { Session = UniqueId.New() });
        await _old.SetAsync("!sessions/3f2a91c05b7d4e0e9a530c4d5e6f7a8b", "{}");
        await RestoreAsync();
        foreach (var (name, version) in ((string, long)[])[("!locks/jobs", 2), ("node/1", 1)])
        {
            var entry = (await _new.ReadAsync(name))!;
            Assert.Equal((Bump + version, true, 0, null), (entry.Version, entry.Deleted, entry.Value.Length, entry.Session));
        }

        Assert.Null(await _new.ReadAsync("!sessions/3f2a91c05b7d4e0e9a530c4d5e6f7a8b"));
        Assert.Contains("2 had been restored before", (await _new.RunAsync("restore", File)).Succeeded().Output);
    }

    [Fact]
    public async Task A_request_that_was_applied_before_the_backup_is_not_applied_again()
    {
        var (known, old, forgotten) = (UniqueId.New(), UniqueId.New(), UniqueId.New());
        await _old.ChangeAsync("a", Change.Set(Value), known, floor: 0);
        await _old.ChangeAsync("long", Change.Set(Value), old, floor: 0);
        await _old.SetAsync("long", [.. Enumerable.Range(0, 100).Select(static number => $"{number}")]);
        await _old.ChangeAsync("forgotten", Change.Set(Value), forgotten, floor: 0);
        await _old.ForgetAsync("forgotten");
        await RestoreAsync();
        var again = await _new.ChangeAsync("a", Change.Set(Value), known, floor: 0);
        Assert.Equal((ChangeStatus.Applied, Bump + 1), (again.Status, again.Version));
        Assert.Equal(ChangeStatus.BeyondWindow, (await _new.ChangeAsync("long", Change.Set(Value), old, floor: 0)).Status);
        Assert.Equal(ChangeStatus.BeyondWindow, (await _new.ChangeAsync("forgotten", Change.Set(Value), forgotten, floor: 0)).Status);
        Assert.Equal(ChangeStatus.Applied, (await _new.ChangeAsync("other", Change.Set(Value), floor: 0)).Status);
    }

    [Fact]
    public async Task A_register_that_is_there_already_is_named_and_nothing_is_written()
    {
        foreach (var name in (string[])["a", "b", "c"])
            await _old.SetAsync(name, "1");
        await _new.SetAsync("b", "mine");
        await _new.SetAsync("aa", "of no concern");
        await BackUpAsync();
        (await _new.RunAsync("restore", File)).Failed(ExitCode.Refused, "'b' is there already, at version 1", "Nothing was written");
        Assert.Equal(0, _new.Restored);
        Assert.Empty((await _new.ReadWatermarksAsync(0, 65_536, default)).Watermarks);
        Assert.Null(await _new.ReadAsync("a"));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_before_anything_is_written()
    {
        await _old.SetAsync("a", "first");
        await _old.SetAsync("b", "second");
        await BackUpAsync();
        var text = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("second", "secomd", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await _new.RunAsync("restore", File)).Failed(ExitCode.BadArgument, "is damaged at line 4", "part 1", "Nothing was written");
        Assert.Equal(0, _new.Calls);
    }

    [Fact]
    public async Task An_interrupted_restore_goes_on_where_it_was()
    {
        for (var index = 0; index < 100; index++)
            await _old.SetAsync($"r/{index:D3}", $"{index}");
        await BackUpAsync();
        var failAt = 60;
        _new.BeforeCall = call =>
        {
            if (call == failAt)
                throw new RegisterValueTooLargeException(2, 1);
        };
        (await _new.RunAsync("restore", File, "--parallel", "1")).Failed(ExitCode.BadArgument, "The restore stopped at 'r/", "Give the same command again");
        Assert.InRange(_new.Restored, 1, 99);
        var before = _new.Restored;
        await _new.SetAsync("r/000", "and an application writes already");
        failAt = 0;
        Assert.Equal($"{100 - before} registers restored, {before} had been restored before\n", (await _new.RunAsync("restore", File)).Succeeded().Output);
        Assert.Equal(100, _new.Restored);
        Assert.Equal("0 registers restored, 100 had been restored before\n", (await _new.RunAsync("restore", File)).Succeeded().Output);
        Assert.Equal(Bump + 2, (await _new.ReadAsync("r/000"))!.Version);
    }

    [Fact]
    public async Task A_cluster_that_has_forgotten_names_of_its_own_begins_above_them()
    {
        await _new.SetAsync("r", [.. Enumerable.Range(0, 20).Select(static number => $"{number}")]);
        await _new.ForgetAsync("r");
        await _old.SetAsync("r", "1", "2");
        await BackUpAsync();
        (await _new.RunAsync("restore", File, "--bump", "1")).Succeeded();
        var entries = await _new.HistoryAsync("r");
        Assert.Equal(2, entries.Length);
        Assert.True(entries[0].Version > 21, $"it begins at {entries[0].Version}");
        Assert.Contains("1 had been restored before", (await _new.RunAsync("restore", File, "--bump", "1")).Succeeded().Output);
    }

    [Fact]
    public async Task A_restored_cluster_can_be_backed_up_and_restored()
    {
        await _old.SetAsync("a", "1", "2");
        await RestoreAsync();
        (await _new.RunAsync("backup", File)).Succeeded();
        var third = new BackedUpWorld();
        (await third.RunAsync("restore", File)).Succeeded();
        Assert.Equal(await _old.ContentAsync(), await third.ContentAsync(versionsBelow: 2 * Bump));
    }

    [Fact]
    public async Task An_acceptor_that_is_away_stops_a_restore_before_a_register_is_written()
    {
        await _old.SetAsync("a", "1");
        await BackUpAsync();
        await _new.World.JoinAsync();
        _new.World.Node(3).Down = true;
        _new.World.TimeIsUp();
        var watermark = ImmutableArray.Create(new BucketWatermark(0, 1, 0, 1));
        var failure = await Assert.ThrowsAsync<QuorumUnavailableException>(() => _new.RaiseWatermarksAsync(watermark, default));
        Assert.Contains("'a3' did not answer", failure.Message);
    }

    /// <summary>The highest version of every name of the old cluster, which goes on after the backup, until it is lost.</summary>
    private async Task<Dictionary<string, long>> HighestVersionsAsync()
    {
        await _old.SetAsync("kept", "1", "2");
        await _old.SetAsync("!locks/jobs", "{}", "{}");
        await _old.SetAsync("forgotten", "1", "2", "3");
        await _old.ForgetAsync("forgotten");
        await _old.SetAsync("deleted", "1");
        await _old.ChangeAsync("deleted", Change.Delete());
        await BackUpAsync();
        var highest = new Dictionary<string, long>();
        foreach (var name in (string[])["kept", "!locks/jobs", "forgotten", "deleted", "new", "!locks/new"])
            highest.Add(name, await _old.SetAsync(name, "after", "the", "backup"));
        return highest;
    }

    private async Task AssertNoneFallsAsync(Dictionary<string, long> highest)
    {
        foreach (var (name, version) in highest)
            Assert.True(await _new.SetAsync(name, "restored") > version, $"'{name}' had version {version}");
    }

    private async Task<(ChangeStatus Status, long Version)> SetAsync(string name)
    {
        var outcome = await _new.ChangeAsync(name, Change.Set(Value));
        return (outcome.Status, outcome.Version);
    }

    private async Task BackUpAsync() => (await _old.RunAsync("backup", File)).Succeeded();

    private async Task RestoreAsync()
    {
        await BackUpAsync();
        (await _new.RunAsync("restore", File)).Succeeded();
    }

    private async Task RestoreWithAsync(long bump, bool raises = true)
    {
        var reader = new BackupReader(File);
        var repeated = new Repeated(TimeProvider.System);
        var backup = await CheckedBackup.ReadAsync(reader, static _ => { }, default);
        var restore = new Restore(_new, new BackupSource(_new, repeated), repeated, backup, reader, bump);
        await restore.EnsureNoneIsThereAsync(static _ => { }, default);
        if (raises)
            await restore.RaiseAsync(default);
        await restore.WriteAsync(8, static _ => { }, default);
    }
}
