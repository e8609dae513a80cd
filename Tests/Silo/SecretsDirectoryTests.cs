using Microsoft.Extensions.Configuration;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Settings in files, as Kubernetes and Docker mount secrets.</summary>
public sealed class SecretsDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_a_setting_without_the_new_line_at_its_end()
    {
        Write("PAXOS__HTTP__READWRITEKEYS__0", "0123456789abcdef\n");
        Write("Kestrel__Certificates__Default__Password", "pass word");
        var configuration = Configuration();
        Assert.Equal("0123456789abcdef", configuration["Paxos:Http:ReadWriteKeys:0"]);
        Assert.Equal("pass word", configuration["Kestrel:Certificates:Default:Password"]);
    }

    [Fact]
    public void It_is_read_where_Kubernetes_mounts_it()
    {
        var mounted = Directory.CreateDirectory(Path.Combine(_folder, "..2026_01_01")).FullName;
        File.WriteAllText(Path.Combine(mounted, "PAXOS__DATA"), "from-kubernetes");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..2026_01_01");
        File.CreateSymbolicLink(Path.Combine(_folder, "PAXOS__DATA"), Path.Combine("..data", "PAXOS__DATA"));
        Assert.Equal("from-kubernetes", Configuration()["Paxos:Data"]);
    }

    [Fact]
    public void It_wins_over_files_of_settings_and_loses_to_the_environment_and_the_command_line()
    {
        using var configuration = new ConfigurationManager();
        Write("Paxos__A", "secret");
        Write("Paxos__B", "secret");
        Write("Paxos__C", "secret");
        configuration.AddInMemoryCollection([new("Paxos:SecretsDirectory", _folder), new("Paxos:A", "file"), new("Paxos:B", "file")]);
        var environment = new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = [new("Paxos:B", "environment")] };
        ((IConfigurationBuilder)configuration).Add(environment);
        configuration.AddInMemoryCollection([new("Paxos:C", "command line")]);
        SecretsDirectory.InsertBefore(configuration, environment);
        Assert.Equal(("secret", "environment", "command line"), (configuration["Paxos:A"], configuration["Paxos:B"], configuration["Paxos:C"]));
    }

    [Fact]
    public void The_command_line_wins_in_the_program_too()
    {
        Write("PAXOS__DATA", "from-a-secret");
        Assert.Equal("from-a-secret", Configuration()["Paxos:Data"]);
        Assert.Equal("from-the-command-line", Configuration("--data", "from-the-command-line")["Paxos:Data"]);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_a_mistake()
    {
        var missing = Path.Combine(_folder, "none");
        var exception = Assert.Throws<SettingsException>(() => SiloApplication.CreateBuilder(SiloCommandLine.Parse("--secrets", missing)));
        Assert.Contains(missing, Assert.Single(exception.Mistakes));
        Assert.Contains("does not exist", exception.Message);
    }

    private void Write(string name, string value) => File.WriteAllText(Path.Combine(_folder, name), value);

    private ConfigurationManager Configuration(params string[] arguments) =>
        SiloApplication.CreateBuilder(SiloCommandLine.Parse(["--secrets", _folder, .. arguments])).Configuration;
}
