using Microsoft.Data.Sqlite;

namespace Orleans.Paxos;

/// <summary>Statements that are prepared once and bound by position.</summary>
internal static class SqliteCommands
{
    public static SqliteCommand Prepare(this SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        command.Prepare();
        return command;
    }

    public static void Bind(this SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }

    /// <summary>Binds, runs, and lets go of the values, so that a large one is not held until the next write.</summary>
    /// <returns>How many rows changed.</returns>
    public static int Run(this SqliteCommand command, params ReadOnlySpan<object> values)
    {
        command.Bind(values);
        try
        {
            return command.ExecuteNonQuery();
        }
        finally
        {
            foreach (SqliteParameter parameter in command.Parameters)
                parameter.Value = null;
        }
    }

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
