namespace Orleans.Paxos;

/// <summary>What a build of this program can do.</summary>
/// <param name="Processes">Whether one process can be one silo of a cluster, and identities open accounts: real Orleans.</param>
/// <param name="Azure">Whether acceptors can store in Azure.</param>
internal sealed record BuildFeatures(bool Processes, bool Azure)
{
    /// <summary>Those of this build.</summary>
    public static BuildFeatures OfThis { get; } = new(SiloGroup.TakesPartInCluster, AzureHosting.IsBuilt);

    /// <summary>Says that a setting needs another build.</summary>
    /// <param name="settings">The setting's name, or several.</param>
    public static string NeedsPackages(string settings) =>
        $"{settings} needs the packages build: this build runs all silos in one process. Set ORLEANS_RUNTIME=packages where NuGet can be reached.";
}
