using System.Text;
using Orleans.Paxos.Benchmarks.Targets;

namespace Orleans.Paxos.Tests.Benchmarks;

/// <summary>The requests to etcd, checked without an installed etcd.</summary>
public sealed class EtcdHttpTargetTests : IAsyncLifetime
{
    private FakeEtcd[] _members = [];
    private EtcdHttpTarget? _target;

    private EtcdHttpTarget Target => _target!;

    public async ValueTask InitializeAsync()
    {
        _members = await Task.WhenAll(FakeEtcd.StartAsync(), FakeEtcd.StartAsync());
        _target = new EtcdHttpTarget([.. _members.Select(member => member.Url)]);
    }

    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        foreach (var member in _members)
            await member.DisposeAsync();
    }

    [Fact]
    public async Task Members_take_turns_and_get_key_and_value_in_base64()
    {
        await Target.WriteAsync("bench/1", [0, 255], CancellationToken.None);
        await Target.WriteAsync("bench/1", [0, 255], CancellationToken.None);
        Assert.All(_members, member => Assert.Equal("AP8=", member.Stored[Convert.ToBase64String(Encoding.UTF8.GetBytes("bench/1"))]));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_read_is_linearizable_unless_it_may_be_stale(bool linearizable, bool serializable)
    {
        await Target.WriteAsync("x", [1], CancellationToken.None);
        await Target.WriteAsync("x", [1], CancellationToken.None);
        await Target.ReadAsync("x", linearizable, CancellationToken.None);
        var range = Assert.Single(_members.SelectMany(member => member.Ranges));
        Assert.Equal(serializable, range.TryGetProperty("serializable", out var asked) && asked.GetBoolean());
    }

    [Fact]
    public async Task A_value_that_is_not_there_is_an_error() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Target.ReadAsync("missing", true, CancellationToken.None));

    [Fact]
    public async Task Any_status_but_success_is_an_error()
    {
        foreach (var member in _members)
            member.Status = 503;
        await Assert.ThrowsAsync<HttpRequestException>(() => Target.WriteAsync("x", [1], CancellationToken.None));
    }
}
