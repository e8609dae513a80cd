using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

public sealed class SqliteOptionsTests
{
    [Fact]
    public void Every_mistake_is_named_with_the_provider()
    {
        var mistakes = Assert.Throws<OptionsValidationException>(() => Options(options => options.MaximumRecordBytes = 0)).Failures.ToList();
        Assert.Equal(2, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.StartsWith("SQLite storage 'paxos': ", mistake));
        Assert.Contains("Directory is empty", mistakes[0]);
        Assert.Contains("MaximumRecordBytes is 0; it must be 1 to 900000000", mistakes[1]);
    }

    [Theory]
    [InlineData(" ", 1)]
    [InlineData("a\0b", 1)]
    [InlineData("data", -1)]
    [InlineData("data", 900_000_001)]
    public void A_bad_value_is_refused(string directory, int maximumRecordBytes) =>
        Assert.Single(Assert.Throws<OptionsValidationException>(() => Options(options =>
        {
            options.Directory = directory;
            options.MaximumRecordBytes = maximumRecordBytes;
        })).Failures);

    [Fact]
    public void One_providers_mistakes_are_not_anothers()
    {
        var services = new ServiceCollection();
        services.AddSqliteGrainStorage("good", options => options.Directory = "data");
        services.AddSqliteGrainStorage("bad", _ => { });
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<SqliteGrainStorageOptions>>();
        Assert.Equal("data", options.Get("good").Directory);
        Assert.Throws<OptionsValidationException>(() => options.Get("bad"));
    }

    private static SqliteGrainStorageOptions Options(Action<SqliteGrainStorageOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSqliteGrainStorage("paxos", configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<SqliteGrainStorageOptions>>().Get("paxos");
    }
}
