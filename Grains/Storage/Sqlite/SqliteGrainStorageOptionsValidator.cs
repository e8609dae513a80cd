using Microsoft.Extensions.Options;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>Validates the options of one SQLite storage provider and names every mistake.</summary>
/// <param name="provider">The provider's name.</param>
internal sealed class SqliteGrainStorageOptionsValidator(string provider) : IValidateOptions<SqliteGrainStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteGrainStorageOptions options)
    {
        if (name != provider)
            return ValidateOptionsResult.Skip;

        var mistakes = Mistakes(options).Select(mistake => $"SQLite storage '{provider}': {mistake}").ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(SqliteGrainStorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Directory))
            yield return $"{nameof(options.Directory)} is empty; set it to the directory of the database.";
        else if (options.Directory.Contains('\0'))
            yield return $"{nameof(options.Directory)} contains a NUL character, which no path can have.";

        if (options.MaximumRecordBytes is < 1 or > SqliteGrainStorageOptions.LargestRecordBytes)
        {
            yield return $"{nameof(options.MaximumRecordBytes)} is {options.MaximumRecordBytes}; " +
                $"it must be 1 to {SqliteGrainStorageOptions.LargestRecordBytes}.";
        }
    }
}
