using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>
/// What this library relies on from a grain storage provider, as tests that any provider can be put through: derive from it, and say how
/// the storage is opened.
/// </summary>
public abstract partial class GrainStorageConformance : IAsyncLifetime
{
    private static readonly string[] Races = [.. Enumerable.Range(0, 32).Select(i => $"racer {i}")];

    protected IGrainStorage Storage { get; private set; } = null!;

    /// <summary>Null where no key is known to be mistaken for another; else why some are.</summary>
    protected virtual string? WhyKeysCollide => null;

    /// <summary>Null where an ETag of a record that never was is refused; else why not.</summary>
    protected virtual string? WhyUnknownETagsPass => null;

    /// <summary>Null where the storage outlives its process; else why not.</summary>
    protected virtual string? WhyNotDurable => null;

    /// <summary>Null where a record of so many bytes is taken; else why not.</summary>
    protected virtual string? WhyNotOfSize(int bytes) => null;

    /// <summary>The key of a record whose name is this; a provider that does not take every key gets it encoded, as acceptors do.</summary>
    protected virtual GrainId KeyOf(string name) => GrainId.Create("conformance", name);

    /// <summary>A state name that holds this name, or stands for it where a provider does not take every state name.</summary>
    protected virtual string StateNameOf(string name) => name;

    public async ValueTask InitializeAsync() => Storage = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IGrainStorage> OpenAsync();

    protected abstract Task CloseAsync();

    protected async Task ReopenAsync()
    {
        await CloseAsync();
        Storage = await OpenAsync();
    }

    protected static GrainId NewGrain(string type = "conformance") => GrainId.Create(type, UniqueId.New().ToString("N"));

    protected static GrainState<StorageState> Holding(string? text, string? etag = null) =>
        new() { State = new StorageState { Text = text }, ETag = etag, RecordExists = etag is not null };

    protected async Task<GrainState<StorageState>> ReadAsync(GrainId grain, string stateName = "state")
    {
        var read = new GrainState<StorageState> { State = new StorageState { Text = "from before the read" }, RecordExists = true };
        await Storage.ReadStateAsync(stateName, grain, read);
        return read;
    }

    protected async Task<GrainState<StorageState>> WriteAsync(GrainId grain, string? text, string? etag = null, string stateName = "state")
    {
        var written = Holding(text, etag);
        await Storage.WriteStateAsync(stateName, grain, written);
        return written;
    }

    protected async Task AssertHoldsAsync(GrainId grain, string text, string? etag, string stateName = "state")
    {
        var read = await ReadAsync(grain, stateName);
        Assert.True(read.RecordExists);
        Assert.Equal(text, read.State!.Text);
        Assert.Equal(etag, read.ETag);
    }

    protected async Task AssertAbsentAsync(GrainId grain, string stateName = "state")
    {
        var read = await ReadAsync(grain, stateName);
        Assert.False(read.RecordExists);
        Assert.NotNull(read.State);
        Assert.Null(read.State.Text);
    }
}
