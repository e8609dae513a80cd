using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>
/// What this library requires of a grain storage provider, as tests for any provider. Derive a class from it and specify how
/// to open the storage.
/// </summary>
public abstract partial class GrainStorageConformance : IAsyncLifetime
{
    private static readonly string[] Races = [.. Enumerable.Range(0, 32).Select(i => $"racer {i}")];

    protected IGrainStorage Storage { get; private set; } = null!;

    /// <summary>Null when the provider never confuses two keys; otherwise the reason why it does.</summary>
    protected virtual string? WhyKeysCollide => null;

    /// <summary>Null when the ETag of a record that never existed is refused; otherwise the reason why not.</summary>
    protected virtual string? WhyUnknownETagsPass => null;

    /// <summary>Null when the storage outlives its process; otherwise the reason why not.</summary>
    protected virtual string? WhyNotDurable => null;

    /// <summary>Null when a record of this many bytes is accepted; otherwise the reason why not.</summary>
    protected virtual string? WhyNotOfSize(int bytes) => null;

    /// <summary>Gets the key of a record with a name. For a provider that does not accept every key, the name is encoded as acceptors do.</summary>
    protected virtual GrainId KeyOf(string name) => GrainId.Create("conformance", name);

    /// <summary>Gets a state name that contains a name, or represents it when the provider does not accept every state name.</summary>
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
