using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>
/// The SQLite file that holds the membership table of the silos on one machine. Every process opens it and none owns it.
/// Each operation is one transaction, so a process that is killed during one leaves nothing half-written.
/// </summary>
/// <param name="path">The path of the file. The file is created when it does not exist.</param>
internal sealed class MembershipFile(string path)
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS version (id INTEGER PRIMARY KEY CHECK (id = 0), version INTEGER NOT NULL);
        INSERT OR IGNORE INTO version VALUES (0, 0);
        CREATE TABLE IF NOT EXISTS silo (address TEXT PRIMARY KEY, etag INTEGER NOT NULL, alive_at TEXT NOT NULL, entry TEXT NOT NULL);
        """;

    // How long an operation waits for a transaction of another process.
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10, Pooling = false }.ToString();

    /// <summary>Creates the tables when they do not exist.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var connection = Open();
        Execute(connection, null, Schema);
    }

    /// <summary>Reads the whole table or the row of one silo.</summary>
    /// <param name="silo">The silo; null for all silos.</param>
    /// <returns>The rows and the version, read in one transaction.</returns>
    public MembershipTableData Read(SiloAddress? silo)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        return Read(connection, transaction, silo);
    }

    /// <summary>Writes a row and the next version of the table in one transaction.</summary>
    /// <param name="entry">The row.</param>
    /// <param name="etag">The expected etag of the row; null when the row must not exist.</param>
    /// <param name="version">The expected version of the table.</param>
    /// <returns>Whether both matched; otherwise nothing was written.</returns>
    public bool TryWrite(MembershipEntry entry, string? etag, TableVersion version)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var table = Read(connection, transaction, null);
        if (table.Version.VersionEtag != version.VersionEtag || table.TryGet(entry.SiloAddress)?.Item2 != etag)
            return false;
        Write(connection, transaction, entry, table.Version.Version + 1);
        transaction.Commit();
        return true;
    }

    /// <summary>Declares silos dead.</summary>
    /// <param name="isToBury">Selects the silos.</param>
    public void Bury(Func<MembershipEntry, bool> isToBury)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var table = Read(connection, transaction, null);
        var version = table.Version.Version;
        foreach (var (entry, _) in table.Members.Where(member => isToBury(member.Item1)))
        {
            entry.Status = SiloStatus.Dead;
            Write(connection, transaction, entry, ++version);
        }

        transaction.Commit();
    }

    /// <summary>Records when a silo was last alive, without changing the version of the table.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="aliveAt">The time, in UTC.</param>
    public void NoteAlive(SiloAddress silo, DateTime aliveAt)
    {
        using var connection = Open();
        Execute(connection, null, "UPDATE silo SET alive_at = $alive WHERE address = $address",
            ("$address", silo.ToParsableString()), ("$alive", MembershipRow.Text(aliveAt)));
    }

    /// <summary>Deletes the rows of silos that no longer run.</summary>
    /// <param name="isOld">Selects the rows.</param>
    public void Delete(Func<MembershipEntry, bool> isOld)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var (entry, _) in Read(connection, transaction, null).Members.Where(member => isOld(member.Item1)))
            Execute(connection, transaction, "DELETE FROM silo WHERE address = $address", ("$address", entry.SiloAddress.ToParsableString()));
        transaction.Commit();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    private static MembershipTableData Read(SqliteConnection connection, SqliteTransaction transaction, SiloAddress? silo)
    {
        using var versions = Command(connection, transaction, "SELECT version FROM version");
        var version = Convert.ToInt32(versions.ExecuteScalar());
        using var rows = Command(connection, transaction, "SELECT address, etag, alive_at, entry FROM silo WHERE $address IS NULL OR address = $address",
            ("$address", silo?.ToParsableString()));
        using var reader = rows.ExecuteReader();
        var members = new List<Tuple<MembershipEntry, string>>();
        while (reader.Read())
            members.Add(Tuple.Create(MembershipRow.Parse(reader.GetString(0), reader.GetString(2), reader.GetString(3)), reader.GetInt64(1).ToString()));
        return new MembershipTableData(members, new TableVersion(version, version.ToString()));
    }

    private static void Write(SqliteConnection connection, SqliteTransaction transaction, MembershipEntry entry, int version)
    {
        Execute(connection, transaction, "INSERT OR REPLACE INTO silo VALUES ($address, $etag, $alive, $entry)",
            ("$address", entry.SiloAddress.ToParsableString()), ("$etag", version), ("$alive", MembershipRow.Text(entry.IAmAliveTime)), ("$entry", MembershipRow.Json(entry)));
        Execute(connection, transaction, "UPDATE version SET version = $version", ("$version", version));
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, transaction, text, parameters);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
