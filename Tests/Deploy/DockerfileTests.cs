using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orleans.Paxos.Silo;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Deploy;

public sealed class DockerfileTests
{
    private readonly Dockerfile _file = new();

    [Fact]
    public void What_it_copies_is_there_and_sent_to_the_builder()
    {
        var ignored = File.ReadAllLines(DeployedFiles.At(".dockerignore"));
        Assert.All(_file.Sources.Where(source => source != "."), source =>
        {
            Assert.True(Path.Exists(DeployedFiles.At(source)), source);
            Assert.DoesNotContain(source.Split('/')[0], ignored);
        });
    }

    [Fact]
    public void It_copies_every_project_that_the_silo_is_made_of()
    {
        foreach (var project in Projects("Silo"))
        {
            Assert.Contains($"{project}/{project}.csproj", _file.Sources);
            Assert.Contains(project, _file.Sources);
        }
    }

    [Fact]
    public void It_builds_the_silo_for_the_framework_of_its_images()
    {
        var commands = _file.All("RUN").Where(command => command.StartsWith("dotnet ")).ToList();
        Assert.Equal(2, commands.Count);
        Assert.All(commands, command => Assert.Contains(" Silo/Silo.csproj", command));
        var framework = Regex.Match(File.ReadAllText(DeployedFiles.At("Directory.Build.props")), "<TargetFramework>net(.*)</TargetFramework>").Groups[1].Value;
        Assert.Equal([$"mcr.microsoft.com/dotnet/sdk:{framework} AS build", $"mcr.microsoft.com/dotnet/aspnet:{framework}"], _file.All("FROM"));
    }

    [Fact]
    public void Its_settings_are_known_and_its_ports_are_theirs()
    {
        var exception = Assert.Throws<SettingsException>(() => DeployedSettings.Read(_file.Environment));
        Assert.Contains("there is no read-write key", Assert.Single(exception.Mistakes));

        var settings = DeployedSettings.Read(_file.Environment, [new("PAXOS__HTTP__READWRITEKEYS__0", "0123456789abcdef")]);
        Assert.Equal($"{settings.HttpPort()} {SiloSettings.DefaultSiloPort} {SiloSettings.DefaultGatewayPort}", _file.Only("EXPOSE"));
        Assert.Equal(settings.DataDirectory, _file.Only("VOLUME"));
    }

    [Fact]
    public void It_runs_the_program_without_rights_and_asks_it_whether_it_is_ready()
    {
        Assert.True(int.Parse(_file.Only("USER")) > 0);
        Assert.Contains($"--owner={_file.Only("USER")} --group={_file.Only("USER")} {_file.Only("VOLUME")}", _file.All("RUN")[^1]);
        var program = $"\"dotnet\", \"{typeof(SiloProgram).Assembly.GetName().Name}.dll\"";
        Assert.Equal($"[{program}]", _file.Only("ENTRYPOINT"));
        Assert.EndsWith($"CMD [{program}, \"{HealthCheck.Option}\"]", _file.Only("HEALTHCHECK"));
    }

    /// <summary>Gets a project and everything that it references.</summary>
    private static HashSet<string> Projects(string project)
    {
        var found = new HashSet<string> { project };
        var references = XDocument.Load(DeployedFiles.At(project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        foreach (var reference in references)
            found.UnionWith(Projects(reference));
        return found;
    }
}
