using Orleans.Serialization;

namespace Orleans.Paxos.Tests.Local;

/// <summary>What Orleans' serializer or code generator would refuse, or lose, is refused when the interface is first used.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_type_that_is_not_marked()
    {
        await Refused<ITakesGrain<UnmarkedNote>>(nameof(UnmarkedNote), "GenerateSerializer", "value", "TakeAsync");
        await Refused<IGivesGrain<UnmarkedNote>>(nameof(UnmarkedNote), "GenerateSerializer", "GiveAsync");
        await Refused<ITakesGrain<List<UnmarkedNote>>>(nameof(UnmarkedNote), "GenerateSerializer");
        await Refused<ITakesImmutableGrain>(nameof(UnmarkedNote), "GenerateSerializer");
        await Refused<ITakesGrain<NoteOfUnmarked>>(nameof(UnmarkedNote), nameof(NoteOfUnmarked), nameof(NoteOfUnmarked.Notes));
        await Refused<ITakesGrain<NoteOnUnmarkedBase>>(nameof(NoteOnUnmarkedBase), nameof(UnmarkedBase), "GenerateSerializer");
        await Refused<ITakesGrain<MemoryStream[]>>(nameof(MemoryStream));
    }

    [Fact]
    public async Task A_member_without_an_id_or_with_that_of_another()
    {
        await Refused<ITakesGrain<NoteWithoutId>>(nameof(NoteWithoutId), nameof(NoteWithoutId.Second), "[Id]");
        await Refused<ITakesGrain<NoteWithIdOnParameter>>(nameof(NoteWithIdOnParameter), nameof(NoteWithIdOnParameter.Second), "[property: Id(n)]");
        await Refused<ITakesGrain<NoteWithOneIdTwice>>(
            nameof(NoteWithOneIdTwice), nameof(NoteWithOneIdTwice.First), nameof(NoteWithOneIdTwice.Second), "[Id(0)]");
    }

    [Fact]
    public async Task A_method_that_no_grain_can_have()
    {
        await RefusedMethod<ISynchronousGrain>(nameof(ISynchronousGrain.Now), "System.Int32");
        await RefusedMethod<IGenericMethodGrain>(nameof(IGenericMethodGrain.DoAsync), "generic");
        await RefusedMethod<IOneWayResultGrain>(nameof(IOneWayResultGrain.TellAsync), "one-way");
    }

    [Fact]
    public async Task An_interface_without_a_class()
    {
        await using var cluster = await Clusters.StartAsync(1);
        Assert.Contains(nameof(INobodysGrain), Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<INobodysGrain>("one")).Message);
    }

    [Fact]
    public async Task The_messages_of_the_product_are_accepted()
    {
        await using var cluster = await Clusters.StartAsync(1);
        Assert.NotNull(cluster.Client.GetGrain<IAcceptorGrain>("one"));
        Assert.NotNull(cluster.Client.GetGrain<IProposerGrain>("one"));
        Assert.NotNull(cluster.Client.GetGrain<IConfigRegisterGrain>("one"));
    }

    private static async Task Refused<TGrain>(params string[] named)
        where TGrain : IGrainWithStringKey
    {
        await using var cluster = await Clusters.StartAsync(1);
        var refusal = Assert.Throws<CodecNotFoundException>(() => cluster.Client.GetGrain<TGrain>("one"));
        Assert.All(named, name => Assert.Contains(name, refusal.Message));
    }

    private static async Task RefusedMethod<TGrain>(params string[] named)
        where TGrain : IGrainWithStringKey
    {
        await using var cluster = await Clusters.StartAsync(1);
        var refusal = Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<TGrain>("one"));
        Assert.All(named, name => Assert.Contains(name, refusal.Message));
    }
}
