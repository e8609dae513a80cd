using System.Net;
using Orleans.Paxos.Silo.Hosting.Membership;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>A starting silo and the rows that earlier silos have left.</summary>
public sealed class SuccessorMembershipTableTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("successor-").FullName;
    private readonly MembershipFile _file;

    public SuccessorMembershipTableTests()
    {
        _file = new MembershipFile(Path.Combine(_directory, "membership.db"));
        _file.Create();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task It_declares_all_earlier_silos_of_its_name_dead_and_no_others()
    {
        Write("a", 1, SiloStatus.Active);
        Write("a", 2, SiloStatus.Joining);
        Write("a", 3, SiloStatus.Dead);
        Write("b", 4, SiloStatus.Active);
        Write("A", 5, SiloStatus.Active);
        await StartAsync("a", 9, new PlainTable(_file));
        Assert.Equal([SiloStatus.Dead, SiloStatus.Dead, SiloStatus.Dead, SiloStatus.Active, SiloStatus.Active], Statuses());
        Assert.Equal(7, _file.Read(null).Version.Version);
    }

    [Fact]
    public async Task It_does_not_take_itself_for_an_earlier_one()
    {
        Write("a", 1, SiloStatus.Active);
        await StartAsync("a", 1, new PlainTable(_file));
        Assert.Equal([SiloStatus.Active], Statuses());
    }

    [Fact]
    public async Task It_looks_again_when_another_silo_was_faster()
    {
        Write("a", 1, SiloStatus.Active);
        var others = 0;
        await StartAsync("a", 9, new PlainTable(_file) { BeforeUpdate = () => Write("b", 2 + others, SiloStatus.Active), Races = () => ++others <= 3 });
        Assert.Equal(SiloStatus.Dead, Statuses()[0]);
        Assert.Equal(4, _file.Read(null).Members.Count);
    }

    private static Task StartAsync(string name, int port, PlainTable table) =>
        new SuccessorMembershipTable(table, new Self(name, Address(port))).InitializeMembershipTable(tryInitTableVersion: true);

    private static SiloAddress Address(int port) => SiloAddress.New(IPAddress.Loopback, port, 1);

    private void Write(string name, int port, SiloStatus status) => Assert.True(_file.TryWrite(
        new MembershipEntry { SiloAddress = Address(port), SiloName = name, Status = status, HostName = "host" }, null, _file.Read(null).Version.Next()));

    private SiloStatus[] Statuses() => [.. _file.Read(null).Members.Select(member => member.Item1).OrderBy(entry => entry.SiloAddress.Endpoint.Port).Select(entry => entry.Status)];

    /// <summary>A table that declares no silo dead by itself.</summary>
    private sealed class PlainTable(MembershipFile file) : IMembershipTable
    {
        public Action BeforeUpdate { get; init; } = () => { };

        public Func<bool> Races { get; init; } = () => false;

        public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

        public Task<MembershipTableData> ReadAll() => Task.FromResult(file.Read(null));

        public Task<MembershipTableData> ReadRow(SiloAddress key) => Task.FromResult(file.Read(key));

        public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Task.FromResult(file.TryWrite(entry, null, tableVersion));

        public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
        {
            if (Races())
                BeforeUpdate();
            return Task.FromResult(file.TryWrite(entry, etag, tableVersion));
        }

        public Task UpdateIAmAlive(MembershipEntry entry) => Task.CompletedTask;

        public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Task.CompletedTask;

        public Task DeleteMembershipTableEntries(string clusterId) => Task.CompletedTask;
    }

    private sealed record Self(string Name, SiloAddress SiloAddress) : ILocalSiloDetails
    {
        public string ClusterId => "paxos";

        public string DnsHostName => "host";

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
