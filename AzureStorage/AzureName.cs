using System.Text.RegularExpressions;

namespace Orleans.Paxos;

/// <summary>The rules of names that Azure would otherwise report at the first use, in its own words.</summary>
internal static partial class AzureName
{
    public static bool IsTable(string name) => TablePattern().IsMatch(name);

    public static bool IsContainer(string name) => ContainerPattern().IsMatch(name);

    public static string Table(string name) => IsTable(name)
        ? name
        : throw new ArgumentException($"The table '{name}' cannot be made in Azure: a name has 3 to 63 letters and digits, a letter first.", nameof(name));

    public static string Container(string name) => IsContainer(name)
        ? name
        : throw new ArgumentException($"The container '{name}' cannot be made in Azure: a name has 3 to 63 lower-case letters, digits and single hyphens between them.", nameof(name));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TablePattern();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerPattern();
}
