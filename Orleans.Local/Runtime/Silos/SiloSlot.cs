using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Orleans.Local;

/// <summary>A silo of the cluster through all its runs, one at a time.</summary>
internal sealed class SiloSlot(string name, int index, ClusterParts parts)
{
    private const int FirstPort = 11_111;

    private readonly SemaphoreSlim _oneChangeAtATime = new(1);
    private volatile LocalSilo? _running;
    private int _generation;

    public string Name { get; } = name;

    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public LocalSilo Running => _running ?? throw new InvalidOperationException($"The silo '{Name}' does not run.");

    public async Task StartAsync()
    {
        await _oneChangeAtATime.WaitAsync();
        try
        {
            if (_running is not null)
                throw new InvalidOperationException($"The silo '{Name}' runs already.");
            var silo = new LocalSilo(Name, SiloAddress.New(IPAddress.Loopback, FirstPort + index, ++_generation), parts);
            await silo.StartAsync();
            _running = silo;
        }
        finally
        {
            _oneChangeAtATime.Release();
        }
    }

    /// <summary>Ends the run, and lets the grain directories of the others know.</summary>
    public async Task EndAsync(Func<LocalSilo, Task> end)
    {
        await _oneChangeAtATime.WaitAsync();
        try
        {
            var silo = Running;
            await end(silo);
            _running = null;
            if (parts.Membership.Active is [var survivor, ..])
                await TellDirectoriesAsync(survivor, silo.Address);
        }
        finally
        {
            _oneChangeAtATime.Release();
        }
    }

    /// <summary>Ends the run together with those of all other silos.</summary>
    public async Task EndWithAllAsync(CancellationToken patience)
    {
        await _oneChangeAtATime.WaitAsync(CancellationToken.None);
        try
        {
            if (_running is { } silo)
                await (silo.Gate.IsOpen ? silo.StopAsync(patience) : silo.KillAsync());
            _running = null;
        }
        finally
        {
            _oneChangeAtATime.Release();
        }
    }

    private static async Task TellDirectoriesAsync(LocalSilo survivor, SiloAddress dead)
    {
        try
        {
            foreach (var directory in survivor.Services.GetServices<GrainDirectoryName>())
            {
                await survivor.Services.GetRequiredKeyedService<IGrainDirectory>(directory.Name)
                    .UnregisterSilos([dead], CancellationToken.None);
            }
        }
        catch (ObjectDisposedException) when (survivor.Gate.IsClosed)
        {
            // It has stopped meanwhile.
        }
    }
}
