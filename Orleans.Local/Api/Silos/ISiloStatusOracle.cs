using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The local silo.</summary>
public interface ILocalSiloDetails
{
    /// <summary>The silo's name.</summary>
    string Name { get; }

    /// <summary>The cluster's id.</summary>
    string ClusterId { get; }

    /// <summary>The machine's name.</summary>
    string DnsHostName { get; }

    /// <summary>The silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>The address at which clients reach the silo; here the silo's address.</summary>
    SiloAddress GatewayAddress { get; }
}

/// <summary>How a silo is.</summary>
public enum SiloStatus
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>Made, not started.</summary>
    Created = 1,

    /// <summary>Starting.</summary>
    Joining = 2,

    /// <summary>Running.</summary>
    Active = 3,

    /// <summary>Stopping; it takes no new activations.</summary>
    ShuttingDown = 4,

    /// <summary>Stopping.</summary>
    Stopping = 5,

    /// <summary>Stopped or killed.</summary>
    Dead = 6,
}

/// <summary>Hears of changes of silos' statuses.</summary>
public interface ISiloStatusListener
{
    /// <summary>A silo's status has changed.</summary>
    /// <param name="updatedSilo">The silo.</param>
    /// <param name="status">Its status now.</param>
    void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status);
}

/// <summary>Knows the silos of the cluster. Here it knows at once of a silo's death, and never takes a paused silo for dead.</summary>
public interface ISiloStatusOracle
{
    /// <summary>The local silo's status.</summary>
    SiloStatus CurrentStatus { get; }

    /// <summary>The local silo's name.</summary>
    string SiloName { get; }

    /// <summary>The local silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>The silos that run.</summary>
    /// <returns>Their addresses.</returns>
    SiloAddress[] GetActiveSilos();

    /// <summary>The status of a silo.</summary>
    /// <param name="siloAddress">The silo.</param>
    /// <returns>Its status; None when it is not known.</returns>
    SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress);

    /// <summary>The statuses of all silos, dead ones included.</summary>
    /// <param name="onlyActive">Whether only those that run are wanted.</param>
    /// <returns>The statuses by address.</returns>
    Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false);

    /// <summary>The name of a silo.</summary>
    /// <param name="siloAddress">The silo.</param>
    /// <param name="siloName">Its name.</param>
    /// <returns>False when the silo is not known.</returns>
    bool TryGetSiloName(SiloAddress siloAddress, [NotNullWhen(true)] out string? siloName);

    /// <summary>Whether a silo can hold a part of the directory: whether it is not stopping or dead.</summary>
    /// <param name="siloAddress">The silo.</param>
    /// <returns>Whether it can.</returns>
    bool IsFunctionalDirectory(SiloAddress siloAddress);

    /// <summary>Whether a silo is dead.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>Whether it is.</returns>
    bool IsDeadSilo(SiloAddress silo);

    /// <summary>Asks to be told of changes.</summary>
    /// <param name="observer">Who asks.</param>
    /// <returns>False when it asked before.</returns>
    bool SubscribeToSiloStatusEvents(ISiloStatusListener observer);

    /// <summary>Asks to be told no more.</summary>
    /// <param name="observer">Who asks.</param>
    /// <returns>False when it had not asked.</returns>
    bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer);
}
