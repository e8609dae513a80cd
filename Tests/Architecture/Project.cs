using System.Xml.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Orleans.Paxos.Tests.Deploy;
using Assembly = System.Reflection.Assembly;

namespace Orleans.Paxos.Tests.Architecture;

/// <summary>A project of the solution: its types and what they use.</summary>
internal sealed class Project
{
    private readonly Dictionary<string, SourceType> _types;

    /// <summary>Reads a project.</summary>
    /// <param name="name">The name of the project and of its directory.</param>
    /// <param name="assembly">The compiled assembly.</param>
    public Project(string name, Assembly assembly)
    {
        Name = name;
        Assembly = assembly;
        _types = SourceType.All(assembly, DeployedFiles.At(name)).ToDictionary(type => type.Type.FullName!);
        Assert.NotEmpty(_types);
    }

    public static Project Abstractions { get; } = new("Grains.Interfaces", typeof(Ballot).Assembly);

    public static Project Client { get; } = new("Client", typeof(IRegisterClient).Assembly);

    public static Project Grains { get; } = new("Grains", typeof(PaxosOptions).Assembly);

    public static Project AzureStorage { get; } = new("AzureStorage", typeof(AzureStorageExtensions).Assembly);

    public static Project Silo { get; } = new("Silo", Assembly.Load("Orleans.Paxos.Silo"));

    public static Project Cli { get; } = new("Cli", Assembly.Load("paxos"));

    public string Name { get; }

    public Assembly Assembly { get; }

    public IReadOnlyCollection<SourceType> Types => _types.Values;

    private XDocument File => XDocument.Load(DeployedFiles.At(Name, $"{Name}.csproj"));

    /// <summary>The names of the projects that it references.</summary>
    public IEnumerable<string> ProjectReferences =>
        File.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    /// <summary>The namespace of the files in the project's own directory.</summary>
    public string RootNamespace => File.Descendants("RootNamespace").Single().Value;

    /// <summary>Gets each use of a type, of this project or another, by a type of this project.</summary>
    public IEnumerable<(SourceType User, IType Used)> Uses() =>
        from type in new ArchLoader().LoadAssembly(Assembly).Build().Types
        where _types.ContainsKey(Outermost(type.FullName))
        from dependency in type.Dependencies
        select (_types[Outermost(type.FullName)], dependency.Target);

    /// <summary>Gets the violations of the rule that a folder uses only the folders before it.</summary>
    /// <param name="order">All folders of the project; empty for its own directory.</param>
    public IEnumerable<string> UsesOutOfOrder(params string[] order)
    {
        foreach (var folder in Types.Select(type => type.Folder).Distinct().Except(order))
            yield return $"{Name}/{folder} has no place in the order";
        foreach (var (user, used) in Uses())
        {
            if (_types.TryGetValue(Outermost(used.FullName), out var type) && Array.IndexOf(order, type.Folder) > Array.IndexOf(order, user.Folder))
                yield return $"{Name}/{user.Folder}: {user.Type.Name} uses {type.Type.Name} of {Name}/{type.Folder}";
        }
    }

    private static string Outermost(string fullName) => fullName.Split('+', '/', '<', '[')[0];
}
