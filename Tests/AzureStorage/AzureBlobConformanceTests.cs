using System.Security.Cryptography;
using System.Text;
using Orleans.Paxos.AzureStorage;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.Storage;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Orleans' provider for Azure blobs meets the requirements of acceptors.</summary>
public sealed class AzureBlobConformanceTests(AzureBlobConformanceTests.Account account)
    : GrainStorageConformance, IClassFixture<AzureBlobConformanceTests.Account>
{
    protected override string? WhyKeysCollide => "Orleans' blob provider joins state name, grain type and key with - and /, which each may contain.";

    protected override string? WhyNotOfSize(int bytes) =>
        bytes == 0 ? "Orleans' blob provider takes an empty blob for absent; no record of an acceptor is empty." : null;

    protected override string? WhyUnknownETagsPass => "Something that has not the form of an ETag is refused before it is sent.";

    protected override GrainId KeyOf(string name) => AzureKey.Fit(GrainId.Create("conformance", StorageKey.Encode(name)));

    protected override string StateNameOf(string name) => $"state-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";

    protected override async Task<IGrainStorage> OpenAsync() => (await account.OpenAsync()).Storage(PlainStorage.Name);

    protected override Task CloseAsync() => account.CloseAsync();

    public sealed class Account() : AccountFixture("blob", PlainStorage.AddBlobs);
}
