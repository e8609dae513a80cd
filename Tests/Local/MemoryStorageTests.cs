using Microsoft.Extensions.DependencyInjection;
using Orleans.Local;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Local;

public sealed class MemoryStorageTests
{
    private static readonly GrainId One = GrainId.Create("test", "one");

    [Fact]
    public async Task A_record_outlives_its_silo_and_is_seen_by_the_others()
    {
        await using var cluster = await StartAsync();
        var written = new GrainState<Note>(new Note { Lines = ["first"] });
        await StorageOf(cluster, "a").WriteStateAsync("state", One, written);
        await cluster.KillSiloAsync("a");
        await cluster.StartSiloAsync("a");
        foreach (var silo in cluster.SiloNames)
        {
            var read = new GrainState<Note>();
            await StorageOf(cluster, silo).ReadStateAsync("state", One, read);
            Assert.True(read.RecordExists);
            Assert.Equal(written.ETag, read.ETag);
            Assert.Equal(["first"], read.State!.Lines);
        }
    }

    [Fact]
    public async Task A_record_shares_nothing_with_the_grain_that_wrote_it()
    {
        await using var cluster = await StartAsync();
        var storage = StorageOf(cluster, "a");
        var written = new GrainState<Note>(new Note { Lines = ["first"] });
        await storage.WriteStateAsync("state", One, written);
        written.State!.Lines.Add("not written");
        var read = new GrainState<Note>();
        await storage.ReadStateAsync("state", One, read);
        Assert.Equal(["first"], read.State!.Lines);
    }

    [Fact]
    public async Task A_stale_writer_is_refused_and_changes_nothing()
    {
        await using var cluster = await StartAsync();
        var storage = StorageOf(cluster, "a");
        var stale = new GrainState<Note>(new Note { Lines = ["stale"] });
        var winner = new GrainState<Note>(new Note { Lines = ["winner"] });
        await storage.WriteStateAsync("state", One, winner);
        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", One, stale));
        Assert.Equal(winner.ETag, refusal.StoredEtag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("state", One, stale));
        await storage.ReadStateAsync("state", One, stale);
        Assert.Equal(["winner"], stale.State!.Lines);
    }

    [Fact]
    public async Task A_cleared_record_is_gone_and_its_etag_with_it()
    {
        await using var cluster = await StartAsync();
        var storage = StorageOf(cluster, "a");
        var state = new GrainState<Note>(new Note());
        await storage.WriteStateAsync("state", One, state);
        var old = state.ETag;
        await storage.ClearStateAsync("state", One, state);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", One, new GrainState<Note>(new Note(), old)));
        await storage.WriteStateAsync("state", One, state);
        Assert.NotEqual(old, state.ETag);
    }

    private static Task<LocalCluster> StartAsync() =>
        Clusters.StartAsync(2, builder => builder.ConfigureSilo((_, silo) => silo.AddMemoryGrainStorage("memory")));

    private static IGrainStorage StorageOf(LocalCluster cluster, string silo) =>
        cluster.ServicesOf(silo).GetRequiredKeyedService<IGrainStorage>("memory");

    private sealed class Note
    {
        public List<string> Lines { get; set; } = [];
    }
}
