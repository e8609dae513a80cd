using System.Text.RegularExpressions;
using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos;

/// <summary>Checks names and connection strings at the start, which Azure would otherwise refuse at the first use.</summary>
public static partial class AzureStorageNames
{
    /// <summary>Tells whether a table can have a name: 3 to 63 letters and digits, a letter first.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsTable(string name) => TablePattern().IsMatch(name);

    /// <summary>Tells whether a container can have a name: 3 to 63 lower-case letters, digits and single hyphens between them.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsContainer(string name) => ContainerPattern().IsMatch(name);

    /// <summary>Describes the account of a connection string, without the secrets in it.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <returns>Such as <c>account NAME</c>; null when it is no connection string of a storage account.</returns>
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
        : throw new ArgumentException($"The table '{name}' cannot be made in Azure: a name has 3 to 63 letters and digits, a letter first.", nameof(name));

    internal static string Container(string name) => IsContainer(name)
        ? name
        : throw new ArgumentException($"The container '{name}' cannot be made in Azure: a name has 3 to 63 lower-case letters, digits and single hyphens between them.", nameof(name));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TablePattern();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerPattern();
}
