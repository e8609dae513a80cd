namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Tests that load several Azurite processes. They run one after another, beside other tests.</summary>
[CollectionDefinition(nameof(AzuriteTests))]
public sealed class AzuriteTests;
