namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Tests that load several Azurite processes, which take every processor there is, run one after another and beside no others.</summary>
[CollectionDefinition(nameof(AzuriteTests), DisableParallelization = true)]
public sealed class AzuriteTests;
