using System.Net;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Processes;

/// <summary>A process of a cluster on this machine, before it is started.</summary>
/// <param name="Name">The name of its silo and acceptor.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Arguments">Its command line, which also restarts it.</param>
internal sealed record PlannedSilo(string Name, SiloSettings Settings, ImmutableArray<string> Arguments)
{
    private const int MostPort = 65_535;

    /// <summary>The URL at which programs on this machine reach it.</summary>
    public Uri Url => new(HealthCheck.Target(Settings.Http.Listen), "/");

    /// <summary>The file that receives its output.</summary>
    public string Log => Path.Combine(Settings.DataDirectory, $"{Name}.log");

    /// <summary>Plans a cluster and checks the requirements of each process before anything starts.</summary>
    /// <param name="count">The number of processes.</param>
    /// <param name="commandLine">The settings that all processes share; the URL is that of the first.</param>
    /// <returns>The processes.</returns>
    /// <exception cref="SettingsException">The settings are wrong.</exception>
    /// <exception cref="StartException">A port is not free.</exception>
    public static ImmutableArray<PlannedSilo> Plan(int count, SiloCommandLine commandLine)
    {
        var names = Enumerable.Range(1, count).Select(number => $"a{number}").ToArray();
        var set = string.Join(',', names);
        var shared = SiloApplication.CreateBuilder(commandLine).Configuration;
        shared.AddInMemoryCollection([new($"{SettingsReader.Section}:Silo", names[0]), new($"{SettingsReader.Section}:AcceptorSet", set)]);
        var first = SettingsReader.Read(shared);
        if (first.Http.Listen.Url is not { } url)
            throw new SettingsException(["--processes gives each process an address of its own, the port of Url (--url) and the next ones. Remove Kestrel:Endpoints."]);
        if (url.Port == 0 || url.Port + count - 1 > MostPort)
            throw new SettingsException([$"Url (--url) has the port {url.Port}; with --processes {count} it takes one from 1 to {MostPort + 1 - count}, because each process takes the next one."]);

        if (count > 1)
            RefuseWhatAllWouldShare(first);

        PlannedSilo[] members = [.. names.Select((name, index) => Of(name, set, first.DataDirectory, new UriBuilder(url) { Port = url.Port + index }.Uri))];
        foreach (var member in members)
            Preflight.CheckPorts(member.Settings);
        return [.. members];
    }

    /// <summary>Each process takes any free ports for silos and clients; one that is given, in a file or in the environment, would go to all.</summary>
    private static void RefuseWhatAllWouldShare(SiloSettings settings)
    {
        (string Setting, int? Port)[] given = [("SiloPort", settings.SiloPort), ("GatewayPort", settings.GatewayPort)];
        string[] mistakes =
        [
            .. given.Where(one => one.Port is not null).Select(one => $"{one.Setting} is {one.Port}, and with --processes every process would take it. Leave it out: each takes a free port."),
            .. IPAddress.IsLoopback(Preflight.BoundBySilos(settings)) ? [] : new[] { $"Address is {settings.Address}, and processes that other machines reach would all take the same ports. Leave it out with --processes." },
        ];
        if (mistakes.Length > 0)
            throw new SettingsException(mistakes);
    }

    private static PlannedSilo Of(string name, string set, string data, Uri url)
    {
        ImmutableArray<string> arguments = ["--silo", name, "--acceptor-set", set, "--data", data, "--url", url.GetLeftPart(UriPartial.Authority)];
        return new PlannedSilo(name, SettingsReader.Read(SiloApplication.CreateBuilder(SiloCommandLine.Parse(arguments)).Configuration), arguments);
    }
}
