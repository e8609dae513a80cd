using System.Diagnostics;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Silo.Hosting;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>Three etcd members on this machine, without any option that makes them slower or faster.</summary>
internal sealed class EtcdCluster : IAsyncDisposable
{
    private const string Program = "etcd";
    private const int Members = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _folder = new();
    private readonly List<EtcdMember> _members = [];

    private EtcdCluster()
    {
    }

    /// <summary>Whether etcd is on the PATH.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => File.Exists(Path.Combine(directory, Program)));

    /// <summary>The client URLs of the members.</summary>
    public ImmutableArray<Uri> Urls => [.. _members.Select(member => member.ClientUrl)];

    /// <summary>The processor time of all members so far.</summary>
    public TimeSpan ProcessorTime => _members.Aggregate(TimeSpan.Zero, static (sum, member) => sum + member.ProcessorTime);

    /// <summary>Gets the installed version.</summary>
    public static async Task<string> VersionAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["--version"]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n')[0].Trim();
    }

    /// <summary>Starts the cluster and waits until each member answers linearizable reads.</summary>
    /// <exception cref="TimeoutException">The cluster did not start in time.</exception>
    public static async Task<EtcdCluster> StartAsync()
    {
        var cluster = new EtcdCluster();
        try
        {
            var ports = FreePorts.Take(Members * 2);
            var all = Enumerable.Range(0, Members).Select(index => new EtcdAddress($"e{index + 1}", ports[index], ports[Members + index])).ToArray();
            foreach (var own in all)
                cluster._members.Add(EtcdMember.Start(Program, own, all, cluster._folder[own.Name]));
            foreach (var member in cluster._members)
                await cluster.ReadyAsync(member);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
            await member.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ReadyAsync(EtcdMember member)
    {
        using var target = new EtcdHttpTarget([member.ClientUrl]);
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await target.WriteAsync("ready", [1], patience.Token);
                return;
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested && !member.HasEnded)
            {
                await Task.Delay(BetweenTries, TimeProvider.System, CancellationToken.None);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                throw new TimeoutException($"etcd did not serve at {member.ClientUrl} within {Patience.TotalSeconds:0} s. It says: {member.Errors}", exception);
            }
        }
    }
}
