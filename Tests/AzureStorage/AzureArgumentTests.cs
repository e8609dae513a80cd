using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Invalid settings are detected before anything is sent, and reported without secrets.</summary>
public sealed class AzureArgumentTests
{
    private const string Canary = "canary0123456789";

    [Theory]
    [InlineData("")]
    [InlineData(Canary)]
    [InlineData($"AccountKey={Canary}")]
    [InlineData($"AccountName=a;AccountKey={Canary}!;EndpointSuffix=core.windows.net")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=;AccountKey={Canary}")]
    public void A_connection_string_that_is_none_is_refused_and_not_repeated(string connectionString)
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => AzureAccount.Of(connectionString));
        Assert.Contains("AccountName and AccountKey", failure.Message);
        Assert.DoesNotContain("canary", failure.ToString());
    }

    [Fact]
    public void An_account_prints_its_name_and_not_its_key()
    {
        var account = AzureAccount.Of($"DefaultEndpointsProtocol=https;AccountName=north;AccountKey={Convert.ToBase64String("canary"u8)};EndpointSuffix=core.windows.net");
        Assert.Equal("account north", account.ToString());
    }

    [Fact]
    public void An_account_that_a_signature_opens_prints_where_it_is_and_not_the_signature()
    {
        var account = AzureAccount.Of($"TableEndpoint=https://north.table.core.windows.net;SharedAccessSignature=sv=2019-02-02&sig={Canary}");
        Assert.StartsWith("account north", account.ToString());
        Assert.DoesNotContain("canary", account.ToString());
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1table")]
    [InlineData("with-hyphen")]
    [InlineData("ünicode")]
    public void A_table_that_azure_would_refuse_is_refused_with_the_rule(string name) =>
        Assert.Contains("3 to 63 letters and digits", Assert.Throws<ArgumentException>(() => AzureStorageNames.Table(name)).Message);

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("double--hyphen")]
    [InlineData("-first")]
    [InlineData("last-")]
    public void A_container_that_azure_would_refuse_is_refused_with_the_rule(string name) =>
        Assert.Contains("single hyphens", Assert.Throws<ArgumentException>(() => AzureStorageNames.Container(name)).Message);

    [Fact]
    public void Records_that_would_not_fit_are_refused_at_the_start_with_both_sizes()
    {
        var validator = Validator(serviceId: "service");
        Assert.True(validator.Validate(null, new PaxosOptions()).Succeeded);
        var refusal = validator.Validate(null, new PaxosOptions { MaxValueBytes = 1024 * 1024 });
        Assert.Contains("MaxValueBytes is 1048576", refusal.FailureMessage);
        Assert.Contains("at most 983040", refusal.FailureMessage);
    }

    [Fact]
    public void A_service_id_that_leaves_no_room_for_keys_is_refused() =>
        Assert.Contains("65 characters", Validator(new string('s', 65)).Validate(null, new PaxosOptions()).FailureMessage);

    private static AzureLimitsValidator Validator(string serviceId) => new(
        "azure-table", GuardedStorageRegistration.LargestTableRecordBytes, Options.Create(new ClusterOptions { ServiceId = serviceId }));
}
