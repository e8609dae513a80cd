using System.Text.RegularExpressions;
using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos;

/// <summary>Checks names and connection strings at the start. Azure would refuse them only at the first use.</summary>
public static partial class AzureStorageNames
{
    /// <summary>Returns whether a name is valid for a table: 3 to 63 letters and digits, starting with a letter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is valid.</returns>
    public static bool IsTable(string name) => TablePattern().IsMatch(name);

    /// <summary>
    /// Returns whether a name is valid for a container: 3 to 63 lower-case letters, digits and single hyphens between them.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is valid.</returns>
    public static bool IsContainer(string name) => ContainerPattern().IsMatch(name);

    /// <summary>Describes the account of a connection string, without the secrets in it.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <returns>
    /// A description such as <c>account NAME</c>; null when the text is not the connection string of a storage account.
    /// </returns>
    public static string? DescribeAccount(string connectionString)
    {
        try
        {
            return AzureAccount.Of(connectionString).ToString();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    internal static string Table(string name) => IsTable(name)
        ? name
        : throw new ArgumentException($"The table '{name}' cannot be created in Azure: a name has 3 to 63 letters and digits and starts with a letter.", nameof(name));

    internal static string Container(string name) => IsContainer(name)
        ? name
        : throw new ArgumentException($"The container '{name}' cannot be created in Azure: a name has 3 to 63 lower-case letters, digits and single hyphens between them.", nameof(name));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TablePattern();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerPattern();
}
