using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>Adds the SQLite storage provider to a silo.</summary>
public static class SqliteGrainStorageHosting
{
    /// <summary>
    /// Adds grain storage in an SQLite database in a directory of this machine. A write is durable when it returns, many writes share one
    /// flush of the disk, and one process at a time owns the directory. It is suitable for acceptors and for any other grain.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The provider's name, as in <c>[PersistentState("state", "name")]</c>.</param>
    /// <param name="configure">Sets the options; <see cref="SqliteGrainStorageOptions.Directory"/> is required.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddSqliteGrainStorage(
        this ISiloBuilder builder, string name, Action<SqliteGrainStorageOptions> configure) =>
        builder.ConfigureServices(services => services.AddSqliteGrainStorage(name, configure));

    /// <inheritdoc cref="AddSqliteGrainStorage(ISiloBuilder, string, Action{SqliteGrainStorageOptions})"/>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">The provider's name, as in <c>[PersistentState("state", "name")]</c>.</param>
    /// <param name="configure">Sets the options; <see cref="SqliteGrainStorageOptions.Directory"/> is required.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSqliteGrainStorage(
        this IServiceCollection services, string name, Action<SqliteGrainStorageOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);

        services.AddOptions<SqliteGrainStorageOptions>(name).Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SqliteGrainStorageOptions>>(new SqliteGrainStorageOptionsValidator(name));
        return services.AddGrainStorage(name, Create);
    }

    private static SqliteGrainStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<SqliteGrainStorageOptions>>().Get(name);
        var serializer = options.GrainStorageSerializer
            ?? services.GetKeyedService<IGrainStorageSerializer>(name)
            ?? services.GetRequiredService<IGrainStorageSerializer>();
        return new(
            name,
            options,
            SqliteStoreSettings.Default,
            new StoredRecordSerializer(serializer),
            services.GetRequiredService<ILogger<SqliteGrainStorage>>());
    }
}
