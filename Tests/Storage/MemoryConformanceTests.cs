using Orleans.Storage;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>The runtime's memory storage, which shows that the suite requires no more than Orleans' providers offer.</summary>
public sealed class MemoryConformanceTests(MemoryConformanceTests.SharedSilo silo)
    : GrainStorageConformance, IClassFixture<MemoryConformanceTests.SharedSilo>
{
    protected override string? WhyNotDurable => "Memory does not outlive its silo.";

    protected override string? WhyUnknownETagsPass =>
        "Orleans' memory storage takes any ETag for a record that it does not know, since it may have lost it.";

    protected override string? WhyKeysCollide =>
        "Orleans' memory storage joins state name, grain type and key with '/', which each may contain.";

    protected override Task<IGrainStorage> OpenAsync() => Task.FromResult(silo.Storage);

    protected override Task CloseAsync() => Task.CompletedTask;

    /// <summary>One silo for all tests.</summary>
    public sealed class SharedSilo : IAsyncLifetime
    {
        private StorageSilo _silo = null!;

        public IGrainStorage Storage => _silo.Storage("memory");

        public async ValueTask InitializeAsync() => _silo = await StorageSilo.StartAsync(silo => silo.AddMemoryGrainStorage("memory"));

        public ValueTask DisposeAsync() => _silo.DisposeAsync();
    }
}
