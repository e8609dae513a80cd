using System.Net;
using Orleans.Paxos.Silo.Hosting.Membership;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>The requirements of Orleans' membership protocol for its table.</summary>
public sealed class MembershipFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("membership-").FullName;
    private readonly MembershipFile _file;

    public MembershipFileTests()
    {
        _file = new MembershipFile(Path.Combine(_directory, "sub", "membership.db"));
        _file.Create();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_new_table_is_empty_and_made_once()
    {
        _file.Create();
        var table = _file.Read(null);
        Assert.Empty(table.Members);
        Assert.Equal(0, table.Version.Version);
    }

    [Fact]
    public void A_row_is_read_as_it_was_written()
    {
        var entry = Entry(1);
        entry.SuspectTimes = [Tuple.Create(Silo(2), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc))];
        Assert.True(_file.TryWrite(entry, null, _file.Read(null).Version.Next()));
        var table = _file.Read(Silo(1));
        var read = Assert.Single(table.Members).Item1;
        Assert.Equal(1, table.Version.Version);
        Assert.Equal(entry.ToFullString(), read.ToFullString());
        Assert.Equal((entry.StartTime, entry.IAmAliveTime), (read.StartTime, read.IAmAliveTime));
        Assert.Equal(DateTimeKind.Utc, read.IAmAliveTime.Kind);
        Assert.Empty(_file.Read(Silo(2)).Members);
    }

    [Fact]
    public void An_insert_needs_the_version_and_no_row()
    {
        var version = _file.Read(null).Version;
        Assert.True(_file.TryWrite(Entry(1), null, version.Next()));
        Assert.False(_file.TryWrite(Entry(2), null, version.Next()), "the version is old");
        Assert.False(_file.TryWrite(Entry(1), null, _file.Read(null).Version.Next()), "the row is there");
        Assert.Single(_file.Read(null).Members);
        Assert.Equal(1, _file.Read(null).Version.Version);
    }

    [Fact]
    public void An_update_needs_the_version_and_the_row_s_etag()
    {
        Assert.False(_file.TryWrite(Entry(1), "0", _file.Read(null).Version.Next()), "there is no row");
        _file.TryWrite(Entry(1), null, _file.Read(null).Version.Next());
        var (table, etag) = (_file.Read(null), _file.Read(null).Members[0].Item2);
        Assert.True(_file.TryWrite(Entry(1, SiloStatus.Active), etag, table.Version.Next()));
        Assert.False(_file.TryWrite(Entry(1, SiloStatus.Dead), _file.Read(null).Members[0].Item2, table.Version.Next()), "the version is old");
        Assert.False(_file.TryWrite(Entry(1, SiloStatus.Dead), etag, _file.Read(null).Version.Next()), "the etag is old");
        Assert.Equal(SiloStatus.Active, _file.Read(null).Members[0].Item1.Status);
    }

    [Fact]
    public void A_sign_of_life_changes_neither_version_nor_etag()
    {
        _file.TryWrite(Entry(1), null, _file.Read(null).Version.Next());
        var before = _file.Read(null);
        var time = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        _file.NoteAlive(Silo(1), time);
        var after = _file.Read(null);
        Assert.Equal(time, after.Members[0].Item1.IAmAliveTime);
        Assert.Equal((before.Version, before.Members[0].Item2), (after.Version, after.Members[0].Item2));
    }

    [Fact]
    public async Task Of_writers_with_the_same_version_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var version = _file.Read(null).Version.Next();
            var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => _file.TryWrite(Entry((round * 8) + writer + 1), null, version))));
            Assert.Single(won, true);
        }

        Assert.Equal(5, _file.Read(null).Version.Version);
    }

    [Fact]
    public async Task The_silos_of_killed_processes_are_buried_and_those_that_run_are_not()
    {
        var directory = Path.Combine(_directory, "alive");
        using var alive = new SignOfLife(directory);
        alive.Hold(Silo(1));
        using (var gone = new SignOfLife(directory))
            gone.Hold(Silo(2));
        for (var silo = 1; silo <= 3; silo++)
            _file.TryWrite(Entry(silo, SiloStatus.Active), null, _file.Read(null).Version.Next());

        var reader = new SqliteMembershipTable(_file, new SignOfLife(directory), null!);
        var table = await reader.ReadAll();
        Assert.Equal(
            [(1, SiloStatus.Active), (2, SiloStatus.Dead), (3, SiloStatus.Dead)],
            table.Members.Select(member => (member.Item1.SiloAddress.Endpoint.Port, member.Item1.Status)).Order());
        Assert.Equal(5, table.Version.Version);
        Assert.Equal(5, (await reader.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task Only_gateways_of_active_silos_are_listed()
    {
        _file.TryWrite(Entry(1, SiloStatus.Active), null, _file.Read(null).Version.Next());
        _file.TryWrite(Entry(2, SiloStatus.Joining), null, _file.Read(null).Version.Next());
        var gateway = Assert.Single(await new SqliteGatewayList(_file).GetGateways());
        Assert.Equal(("127.0.0.1", 30_001), (gateway.Host, gateway.Port));
    }

    [Fact]
    public async Task Old_rows_of_dead_silos_are_cleaned_up()
    {
        _file.TryWrite(Entry(1, SiloStatus.Dead), null, _file.Read(null).Version.Next());
        _file.TryWrite(Entry(2, SiloStatus.Active), null, _file.Read(null).Version.Next());
        var table = new SqliteMembershipTable(_file, null!, null!);
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Entry(1).IAmAliveTime));
        Assert.Equal(2, _file.Read(null).Members.Count);
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Entry(1).IAmAliveTime).AddSeconds(1));
        Assert.Equal(SiloStatus.Active, Assert.Single(_file.Read(null).Members).Item1.Status);
        await table.DeleteMembershipTableEntries("any");
        Assert.Empty(_file.Read(null).Members);
    }

    private static SiloAddress Silo(int number) => SiloAddress.New(IPAddress.Loopback, number, 1);

    private static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Created) => new()
    {
        SiloAddress = Silo(number),
        Status = status,
        SiloName = $"silo {number}",
        HostName = "host",
        ProxyPort = 30_000 + number,
        RoleName = "role",
        StartTime = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        IAmAliveTime = new DateTime(2026, 1, 1, 0, 0, 1, 234, DateTimeKind.Utc),
    };
}
