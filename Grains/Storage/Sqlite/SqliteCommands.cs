using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Statements that are run once.</summary>
internal static class SqliteCommands
{
    public static void Execute(this SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public static object? Query(this SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
