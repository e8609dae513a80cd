using System.Security.Cryptography;
using System.Text;
using Orleans.Paxos.AzureStorage;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.Storage;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Orleans' provider for Azure tables meets the requirements of acceptors.</summary>
public sealed class AzureTableConformanceTests(AzureTableConformanceTests.Account account)
    : GrainStorageConformance, IClassFixture<AzureTableConformanceTests.Account>
{
    protected override string? WhyKeysCollide => "Orleans' table provider maps / \\ # ? to _; acceptors encode names before they become keys.";

    protected override string? WhyNotOfSize(int bytes) => bytes switch
    {
        0 => "Orleans' table provider takes an entity without data for absent; no record of an acceptor is empty.",
        > GuardedStorageRegistration.LargestTableRecordBytes => "An entity holds 960 KiB.",
        _ => null,
    };

    protected override string? WhyUnknownETagsPass => "Something that has not the form of an ETag is refused before it is sent.";

    protected override GrainId KeyOf(string name) => AzureKey.Fit(GrainId.Create("conformance", StorageKey.Encode(name)));

    protected override string StateNameOf(string name) => $"state-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";

    protected override async Task<IGrainStorage> OpenAsync() => (await account.OpenAsync()).Storage(PlainStorage.Name);

    protected override Task CloseAsync() => account.CloseAsync();

    public sealed class Account() : AccountFixture("table", PlainStorage.AddTable);
}
