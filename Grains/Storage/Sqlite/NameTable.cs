using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>The lists of names, as the writer sees them within the open transaction.</summary>
internal sealed class NameTable(SqliteConnection connection) : IDisposable
{
    /// <summary>The key is ordered by its bytes in UTF-8.</summary>
    public const string Schema =
        "CREATE TABLE names (list TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (list, name)) STRICT, WITHOUT ROWID";

    private readonly SqliteStatement _insert = new(connection, "INSERT INTO names (list, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _delete = new(connection, "DELETE FROM names WHERE list = ?1 AND name = ?2");

    public void Apply(NameChange change) =>
        (change.Leaves ? _delete : _insert).BindText(1, change.List).BindText(2, change.Name).Run();

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
    }
}
