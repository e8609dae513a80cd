using System.Runtime.CompilerServices;
using ArchUnitNET.Domain;

namespace Orleans.Paxos.Tests.Architecture;

/// <summary>The architecture rules: which folder and project may use which, and where a type belongs.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Grains_FolderUsesOnlyThoseBeforeIt() => AssertNone(Project.Grains.UsesOutOfOrder(
        "Protocol", "", "Storage", "Storage/Sqlite", "Acceptors", "Proposers", "Repair", "Changing", "Registers", "Watching", "Coordination", "Hosting"));

    [Fact]
    public void Client_FolderUsesOnlyThoseBeforeIt() => AssertNone(Project.Client.UsesOutOfOrder(
        "", "Gateways", "Calls", "Registers", "Typed", "Coordination", "Hosting"));

    [Fact]
    public void Silo_FolderUsesOnlyThoseBeforeIt() => AssertNone(Project.Silo.UsesOutOfOrder(
        "Http", "Settings", "Hosting/Membership", "Hosting", "Processes", ""));

    [Fact]
    public void Cli_FolderUsesOnlyThoseBeforeIt() => AssertNone(Project.Cli.UsesOutOfOrder(
        "Errors", "CommandLine", "Http", "Load/Reports", "Load/Reports/Html", "Load/Measuring", "Load/Targets", "Load/Scenarios", "Load/Runs", "Load",
        "Connections", "Settings", "Backups", "Output", "Commands", ""));

    [Fact]
    public void Protocol_UsesOnlyTheAbstractionsAndThePlatform()
    {
        string[] allowed = ["Orleans.Paxos.Abstractions", "Orleans.Serialization.Abstractions", "System"];
        AssertNone(
            from use in Project.Grains.Uses()
            where use.User.Folder == "Protocol" && use.Used is not GenericParameter
            let assembly = use.Used.Assembly.Name.Split(',')[0]
            where assembly != Project.Grains.Assembly.GetName().Name && !allowed.Any(start => assembly.StartsWith(start))
            select $"{use.User.Type.Name} uses {use.Used.FullName} of {assembly}");
    }

    [Fact]
    public void Libraries_PublicTypesAreInOneNamespaceAndInternalOnesInThatOfTheirFolder() => AssertNone(
        from project in Libraries
        from type in project.Types
        where type.Type.Name != "TaskExtensions" // the one file that is compiled into several libraries
        let expected = type.Type.IsPublic ? "Orleans.Paxos" : $"{project.RootNamespace}.{type.Folder.Replace('/', '.')}".TrimEnd('.')
        where type.Type.Namespace != expected
        select $"{type.Type.FullName} of {project.Name}/{type.Folder} belongs in {expected}");

    [Fact]
    public void Projects_ReferToOthersOneWay()
    {
        Project[] order = [.. Libraries, Project.Silo];
        AssertNone(
            from project in order
            from reference in project.ProjectReferences
            where !order.TakeWhile(before => before != project).Any(before => before.Name == reference)
            select $"{project.Name} refers to {reference}");
        Assert.Equal(["Client"], Project.Cli.ProjectReferences);
    }

    [Fact]
    public void Internals_AreVisibleToTestsAndTools_AndThoseOfTheClientToWhatIsReleasedWithIt()
    {
        string[] tools = ["Orleans.Paxos.Benchmarks", "Orleans.Paxos.Tests", "Orleans.Paxos.Verification"];
        string[] releasedTogether = ["Orleans.Paxos", "Orleans.Paxos.Silo"];
        AssertNone(
            from project in (Project[])[.. Libraries, Project.Silo, Project.Cli]
            from InternalsVisibleToAttribute friend in project.Assembly.GetCustomAttributes(typeof(InternalsVisibleToAttribute), inherit: false)
            where !tools.Contains(friend.AssemblyName) && !(project == Project.Client && releasedTogether.Contains(friend.AssemblyName))
            select $"{project.Name} shows its internals to {friend.AssemblyName}");
    }

    private static Project[] Libraries => [Project.Abstractions, Project.Client, Project.Grains, Project.AzureStorage];

    private static void AssertNone(IEnumerable<string> violations)
    {
        var found = violations.Distinct().Order().ToList();
        if (found.Count > 0)
            Assert.Fail(string.Join('\n', found));
    }
}
