using Orleans.Paxos.Silo.Settings;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>No message contains a key, wherever in the settings the key appears.</summary>
[Collection(nameof(ProcessTests))]
public sealed class AzureCanaryTests
{
    private static readonly string Secret = SettingsOf.Account("one");

    public static TheoryData<string> Places =>
    [
        "Storage", "Azure", "Azure:Accounts", "Azure:Accounts:a1", "Azure:Accounts:a1:ConnectionString", "Azure:Accounts:a1:TableEndpoint",
        "Azure:Accounts:a1:BlobEndpoint", "Azure:Accounts:a1:Key", "Azure:Accounts:a9:ConnectionString", "Azure:Table", "Azure:Container",
        "Azure:ManagedIdentityClientId", "Azure:Membership", "Azure:Membership:ConnectionString", "Azure:Membership:TableEndpoint", "Azure:Membership:Table",
        "Azure:ConnectionString",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void No_mistake_has_it(string place)
    {
        foreach (var secret in new[] { Secret, $"{Secret};", Secret.Replace("AccountName=one;", ""), $"https://x.table.core.windows.net?sig={SettingsOf.CanaryKey}", $"http://x:{SettingsOf.CanaryKey}@x" })
        {
            foreach (var storage in new[] { "sqlite", "azure-table", "azure-blob", "tape" })
            {
                foreach (var silo in new[] { null, "a1" })
                    AssertSecret(storage, silo, place, secret);
            }
        }
    }

    [Fact]
    public async Task The_program_prints_it_nowhere()
    {
        var environment = new Dictionary<string, string>
        {
            ["PAXOS__STORAGE"] = "azure-table",
            ["PAXOS__AZURE__ACCOUNTS__A1__CONNECTIONSTRING"] = Secret,
            ["PAXOS__AZURE__ACCOUNTS__A2__CONNECTIONSTRING"] = Secret,
            ["PAXOS__AZURE__ACCOUNTS__A3__CONNECTIONSTRING"] = Secret.Replace("AccountName=one;", ""),
            ["PAXOS__AZURE__ACCOUNTS__A4__CONNECTIONSTRING"] = Secret,
            ["PAXOS__AZURE__TABLE"] = SettingsOf.CanaryKey,
        };
        var (code, output, errors) = await SiloUnderTest.RunAsync(environment, "--url", "http://127.0.0.1:0");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("error: ", errors);
        Assert.DoesNotContain(SettingsOf.CanaryKey, errors);
    }

    private static void AssertSecret(string storage, string? silo, string place, string secret)
    {
        var settings = new Dictionary<string, string?> { ["Storage"] = storage, ["Silo"] = silo, ["AcceptorSet"] = silo is null ? null : "a1,a2,a3", [place] = secret };
        try
        {
            var read = SettingsReader.Read(SettingsOf.Configuration([.. settings.Select(pair => (pair.Key, pair.Value))]));
            Assert.DoesNotContain(SettingsOf.CanaryKey, $"{read} {read.Azure} {read.DescribeStorage()}");
        }
        catch (SettingsException exception)
        {
            Assert.DoesNotContain(SettingsOf.CanaryKey, $"{exception} {string.Join(' ', exception.Mistakes)}");
        }
    }
}
