using Microsoft.WindowsAzure.Storage.Table;

namespace Orleans.Local;

/// <summary>A record in the columns <c>Data</c>, <c>Data1</c>, <c>Data2</c> and so on, of 64 KiB each.</summary>
internal static class TableColumns
{
    private const int ColumnBytes = 64 * 1024;
    private const int MostColumns = 15;

    /// <summary>Spreads a record.</summary>
    public static void Split(byte[] data, IDictionary<string, EntityProperty> columns)
    {
        if (data.Length > ColumnBytes * MostColumns)
        {
            throw new ArgumentOutOfRangeException(
                nameof(data), data.Length, $"A record in an Azure table has at most {ColumnBytes * MostColumns} bytes. Nothing was written.");
        }

        for (var index = 0; index * ColumnBytes < data.Length; index++)
        {
            var end = Math.Min(data.Length, (index + 1) * ColumnBytes);
            columns.Add(Name(index), EntityProperty.GeneratePropertyForByteArray(data[(index * ColumnBytes)..end]));
        }
    }

    /// <summary>Puts a record together; empty if there is none.</summary>
    public static byte[] Join(IDictionary<string, EntityProperty> columns) =>
    [
        .. Enumerable.Range(0, MostColumns)
            .Select(Name)
            .TakeWhile(columns.ContainsKey)
            .SelectMany(name => columns[name].BinaryValue ?? []),
    ];

    private static string Name(int index) => index == 0 ? "Data" : $"Data{index}";
}
