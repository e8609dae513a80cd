using Orleans.Serialization;

namespace Orleans.Paxos.Tests.Local;

public sealed class CallTests
{
    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_members_and_stack()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<IEchoGrain>("one");
        var marked = await Assert.ThrowsAsync<MarkedException>(() => grain.ThrowAsync("marked"));
        Assert.Equal("in detail", marked.Detail);
        Assert.Contains(nameof(EchoGrain.ThrowAsync), marked.StackTrace);
        Assert.Equal("other", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.ThrowAsync("other"))).ParamName);
    }

    [Fact]
    public async Task An_exception_of_the_application_that_is_not_marked_is_named()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var refusal = await Assert.ThrowsAsync<CodecNotFoundException>(() => cluster.Client.GetGrain<IEchoGrain>("one").ThrowAsync("unmarked"));
        Assert.Contains(nameof(UnmarkedException), refusal.Message);
        Assert.IsType<UnmarkedException>(refusal.InnerException);
    }

    [Fact]
    public async Task Value_tasks_are_answered()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<IEchoGrain>("one");
        Assert.Equal(5, await grain.AddAsync(2, 3));
        await grain.NothingAsync();
    }

    [Fact]
    public async Task A_grain_that_returns_no_task_is_named()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Client.GetGrain<IEchoGrain>("one").ForgetTaskAsync());
        Assert.Contains(nameof(IEchoGrain.ForgetTaskAsync), error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_one_way_call_returns_at_once_whatever_becomes_of_it(bool fail)
    {
        await using var cluster = await Clusters.StartAsync(1);
        var (arrived, go) = (Signals.NewName(), Signals.NewName());
        var call = cluster.Client.GetGrain<IEchoGrain>("one").TellAsync(arrived, go, fail);
        Assert.True(call.IsCompletedSuccessfully);
        await Signals.WaitAsync(arrived);
        Signals.Set(go);
        Assert.Equal(3, await cluster.Client.GetGrain<IEchoGrain>("one").AddAsync(1, 2));
    }

    [Fact]
    public async Task The_callers_ambient_values_do_not_reach_the_grain()
    {
        await using var cluster = await Clusters.StartAsync(1);
        EchoGrain.Ambient.Value = "the caller's";
        Assert.Null(await cluster.Client.GetGrain<IEchoGrain>("one").AmbientAsync());
    }

    [Fact]
    public async Task References_to_one_grain_are_equal()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<IEchoGrain>("one");
        Assert.Equal(grain, cluster.Client.GetGrain<IEchoGrain>(GrainId.Parse("echo/one")));
        Assert.NotEqual(grain, cluster.Client.GetGrain<IEchoGrain>("two"));
        Assert.Equal("one", grain.GetPrimaryKeyString());
        Assert.Equal(GrainId.Create("echo", "one"), grain.GetGrainId());
    }
}
