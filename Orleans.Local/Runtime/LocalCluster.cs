namespace Orleans.Local;

/// <summary>A cluster whose silos all run in this process.</summary>
public sealed class LocalCluster : IAsyncDisposable
{
    /// <summary>The names of all silos, running or not, in the order they were added.</summary>
    public IReadOnlyList<string> SiloNames => throw new NotSupportedException();

    /// <summary>A client of the cluster. Each grain is called through one live silo as its gateway.</summary>
    public IClusterClient Client => throw new NotSupportedException();

    /// <summary>Starts all silos, one after the other.</summary>
    /// <returns>When all run.</returns>
    public Task StartAsync() => throw new NotSupportedException();

    /// <summary>A client with one gateway: its calls hang while that silo is paused and fail while it is not there.</summary>
    /// <param name="siloName">The gateway.</param>
    /// <returns>The client.</returns>
    public IClusterClient ClientThrough(string siloName) => throw new NotSupportedException();

    /// <summary>The services of a silo that runs.</summary>
    /// <param name="siloName">The silo.</param>
    /// <returns>Its services; they are disposed when it stops.</returns>
    public IServiceProvider ServicesOf(string siloName) => throw new NotSupportedException();

    /// <summary>
    /// Kills a silo: nothing of its grains runs any more, no OnDeactivateAsync, no lifecycle stop. Its services are disposed, so that
    /// files are released. Calls in flight to it, from it or through it hang until the response timeout, as with a killed process.
    /// </summary>
    /// <param name="siloName">The silo.</param>
    /// <returns>When its services are disposed.</returns>
    public Task KillSiloAsync(string siloName) => throw new NotSupportedException();

    /// <summary>Stops a silo: its lifecycle is stopped and its grains are deactivated.</summary>
    /// <param name="siloName">The silo.</param>
    /// <param name="cancellationToken">Hurries it.</param>
    /// <returns>When it has stopped.</returns>
    public Task StopSiloAsync(string siloName, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Starts a silo that was killed or stopped, with the same setup and new services.</summary>
    /// <param name="siloName">The silo.</param>
    /// <returns>When it runs.</returns>
    public Task StartSiloAsync(string siloName) => throw new NotSupportedException();

    /// <summary>Makes a silo hang, as SIGSTOP does: no turn of its grains starts and nothing leaves or enters it. A turn that runs goes on to its next await.</summary>
    /// <param name="siloName">The silo.</param>
    public void PauseSilo(string siloName) => throw new NotSupportedException();

    /// <summary>Ends the pause; what has queued up runs.</summary>
    /// <param name="siloName">The silo.</param>
    public void ResumeSilo(string siloName) => throw new NotSupportedException();

    /// <summary>Makes a second activation of a grain, outside every directory, as a faulty cluster may.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="siloName">Where.</param>
    /// <param name="key">The grain's key.</param>
    /// <returns>A reference to that activation and no other.</returns>
    public TGrainInterface CreateDuplicateActivation<TGrainInterface>(string siloName, string key)
        where TGrainInterface : IGrainWithStringKey => throw new NotSupportedException();

    /// <summary>Stops all silos.</summary>
    /// <returns>When all have stopped.</returns>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
