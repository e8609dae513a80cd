namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Tests that load several Azurite processes. They use all processors, so they run one after another and not in parallel with other tests.</summary>
[CollectionDefinition(nameof(AzuriteTests), DisableParallelization = true)]
public sealed class AzuriteTests;
