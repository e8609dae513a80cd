using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

public sealed class AzureSettingsTests
{
    private const string Id = "5c1ab8d2-6ef6-4f4e-9a44-0d2f3f0f5a11";
    private static readonly (string, string?)[] OneSilo = [("Storage", "azure-table"), ("Silo", "b"), ("AcceptorSet", "a,b,c")];

    [Fact]
    public void Without_settings_nothing_is_used_in_Azure()
    {
        var settings = SettingsOf.Read();
        Assert.Equal((StorageKind.Sqlite, 0, null), (settings.Storage, settings.Azure.Accounts.Count, settings.Azure.Membership));
        Assert.Equal(("paxos", "paxos", "127.0.0.1"), (settings.ClusterId, settings.ServiceId, settings.Address));
        Assert.Equal(Path.GetFullPath("data"), settings.DescribeStorage());
    }

    [Fact]
    public void Each_acceptor_of_the_process_has_its_account()
    {
        var settings = SettingsOf.Read(
            ("Storage", "azure-table"),
            ("Azure:Accounts:a1:ConnectionString", SettingsOf.Account("one")),
            ("Azure:Accounts:a2:ConnectionString", SettingsOf.Account("two")),
            ("Azure:Accounts:A3:ConnectionString", SettingsOf.Account("three")),
            ("Azure:Table", "registers"));
        Assert.Equal(StorageKind.AzureTable, settings.Storage);
        Assert.Equal(
            [SettingsOf.Account("one"), SettingsOf.Account("two"), SettingsOf.Account("three")],
            settings.Silos.Select(silo => settings.Azure.Accounts[silo].ConnectionString));
        Assert.StartsWith("azure-table, account", settings.DescribeStorage());
        Assert.EndsWith(", table registers", settings.DescribeStorage());
        Assert.DoesNotContain(SettingsOf.CanaryKey, settings.DescribeStorage());
    }

    [Fact]
    public void The_stand_in_takes_accounts_by_their_connection_strings() =>
        Assert.Equal("paxos", SettingsOf.Read(
            ("Storage", "azure-blob"), ("Acceptors", "1"), ("Azure:Accounts:a1:ConnectionString", SettingsOf.Account("one"))).Azure.Container);

    [Fact]
    public void One_silo_needs_its_own_account_only()
    {
        var settings = SettingsOf.Read([.. OneSilo, ("Azure:Accounts:b:TableEndpoint", "https://two.table.core.windows.net"), ("Azure:Accounts:a:ConnectionString", "of another, not read")]);
        Assert.Equal(["b"], settings.Silos);
        Assert.Equal("https://two.table.core.windows.net", settings.Azure.Accounts["b"].TableEndpoint);
        Assert.Equal("azure-table, account two.table.core.windows.net, table paxos", settings.DescribeStorage());
    }

    [Fact]
    public void Blobs_are_opened_at_their_own_endpoint()
    {
        var settings = SettingsOf.Read([
            ("Storage", "azure-blob"), ("Acceptors", "1"), ("Azure:ManagedIdentityClientId", Id),
            ("Azure:Accounts:a1:BlobEndpoint", "https://one.blob.core.windows.net"), ("Azure:Accounts:a1:TableEndpoint", "https://one.table.core.windows.net")]);
        Assert.Equal(("azure-blob, account one.blob.core.windows.net, container paxos", Id), (settings.DescribeStorage(), settings.Azure.ManagedIdentityClientId));
    }

    [Fact]
    public void Silos_find_each_other_in_a_table_whatever_they_store_in()
    {
        var settings = SettingsOf.Read(("Silo", "b"), ("AcceptorSet", "a,b,c"), ("Azure:Membership:ConnectionString", SettingsOf.Account("members")));
        Assert.Equal((null, "paxosmembers", StorageKind.Sqlite), (settings.MembershipFile, settings.Azure.Membership!.Table, settings.Storage));
        Assert.Equal(SettingsOf.Account("members"), settings.Azure.Membership.ConnectionString);

        var byIdentity = SettingsOf.Read([.. OneSilo,
            ("Azure:Accounts:b:ConnectionString", SettingsOf.Account("two")),
            ("Azure:Membership:TableEndpoint", "https://members.table.core.windows.net"), ("Azure:Membership:Table", "members")]);
        Assert.Equal(("members", "https://members.table.core.windows.net"), (byIdentity.Azure.Membership!.Table, byIdentity.Azure.Membership.TableEndpoint));
    }

    [Theory]
    [InlineData("Storage", "tape", "sqlite, azure-table, azure-blob")]
    [InlineData("Storage:Kind", "sqlite", "'Paxos:Storage:Kind'")]
    [InlineData("Azure", "x", "is a section")]
    [InlineData("Azure:Acounts", "x", "'Paxos:Azure:Acounts'")]
    [InlineData("Azure:Accounts", "x", "is a section")]
    [InlineData("Azure:Accounts:a1:ConnectionString", "x", "names accounts, and Storage is sqlite")]
    [InlineData("Azure:Accounts:a9:ConnectionString", "x", "'Paxos:Azure:Accounts:a9'")]
    [InlineData("Azure:ManagedIdentityClientId", "me", "GUID")]
    [InlineData("Azure:Membership:TableEndpoint", "https://x.table.core.windows.net", "give Silo (--silo)")]
    [InlineData("ClusterId", "a b", "'a b'")]
    [InlineData("ServiceId", "a_b", "'a_b'")]
    [InlineData("ServiceId", "12345678901234567890123456789012345678901234567890123456789012345", "at most 64")]
    [InlineData("Address", "10.0.0.1", "give Silo (--silo)")]
    public void A_mistake_of_a_process_that_holds_all_is_named(string key, string value, string expected) =>
        Assert.Contains(SettingsOf.Mistakes((key, value)), mistake => mistake.Contains(expected));

    [Theory]
    [InlineData("Address", "0.0.0.0", "reach this one")]
    [InlineData("Address", "a b", "'a b'")]
    [InlineData("Azure:Accounts:b", "x", "is a section")]
    [InlineData("Azure:Accounts:b:Key", "x", "'Paxos:Azure:Accounts:b:Key'")]
    [InlineData("Azure:Accounts:b:TableEndpoint", "https://x.table.core.windows.net", "both ConnectionString and TableEndpoint")]
    [InlineData("Azure:Membership", "x", "is a section")]
    [InlineData("Azure:Membership:BlobEndpoint", "https://x.blob.core.windows.net", "'Paxos:Azure:Membership:BlobEndpoint'")]
    [InlineData("Azure:Membership:Table", "members", "names no account")]
    [InlineData("Azure:Membership:TableEndpoint", "http://x.table.core.windows.net", "https://ADDRESS")]
    [InlineData("Azure:Membership:TableEndpoint", "https://x.table.core.windows.net/?sig=x", "SharedAccessSignature")]
    [InlineData("Azure:Membership:TableEndpoint", "x.table.core.windows.net", "https://ADDRESS")]
    public void A_mistake_of_one_silo_is_named(string key, string value, string expected)
    {
        var mistakes = SettingsOf.Mistakes([.. OneSilo, ("Azure:Accounts:b:ConnectionString", SettingsOf.Account("two")), (key, value)]);
        Assert.Contains(mistakes, mistake => mistake.Contains(expected));
    }

    [Theory]
    [InlineData("Azure:Table", "a-b", "cannot name a table")]
    [InlineData("Azure:Table", "1ab", "cannot name a table")]
    [InlineData("Azure:Container", "A", "cannot name a container")]
    [InlineData("Azure:Membership:Table", "x", "cannot name a table")]
    [InlineData("Azure:Accounts:a1:ConnectionString", "x", "not the connection string")]
    public void What_Azure_would_refuse_is_named(string key, string value, string expected)
    {
        var mistakes = SettingsOf.Mistakes(("Storage", "azure-table"), ("Acceptors", "1"), (key, value));
        Assert.Contains(mistakes, mistake => mistake.Contains(expected));
    }

    [Fact]
    public void A_missing_account_and_one_given_twice_are_named()
    {
        var mistakes = SettingsOf.Mistakes(
            ("Storage", "azure-table"),
            ("Azure:Accounts:a1:ConnectionString", SettingsOf.Account("one")),
            ("Azure:Accounts:a3:ConnectionString", SettingsOf.Account("one")));
        Assert.Contains(mistakes, mistake => mistake.StartsWith("Paxos:Azure:Accounts:a2 names no account"));
        Assert.Contains(mistakes, mistake => mistake.StartsWith("The acceptors 'a1' and 'a3' have the same storage account"));
        Assert.Equal(2, mistakes.Count);
    }

    [Fact]
    public void An_endpoint_of_the_other_kind_opens_nothing() =>
        Assert.Contains(SettingsOf.Mistakes([.. OneSilo, ("Azure:Accounts:b:BlobEndpoint", "https://x.blob.core.windows.net")]), mistake => mistake.Contains("Accounts:b:TableEndpoint"));

    [Fact]
    public void Two_places_to_find_each_other_are_a_mistake() =>
        Assert.Contains("Both Membership (--membership) and Azure:Membership", Assert.Single(SettingsOf.Mistakes(
            ("Silo", "b"), ("AcceptorSet", "a,b,c"), ("Membership", "m.db"), ("Azure:Membership:ConnectionString", SettingsOf.Account("members")))));
}
