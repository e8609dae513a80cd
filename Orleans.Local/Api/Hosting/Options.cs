namespace Orleans.Configuration;

/// <summary>Names a silo.</summary>
public class SiloOptions
{
    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = "";
}

/// <summary>Names a cluster.</summary>
public class ClusterOptions
{
    /// <summary>Tells one deployment from another.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>Tells one service from another, through all its deployments: the keys of stored records start with it.</summary>
    public string ServiceId { get; set; } = "default";
}

/// <summary>When idle activations end.</summary>
public class GrainCollectionOptions
{
    /// <summary>How often idle activations are looked for. 1 minute by default.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long without a request an activation ends, unless its class says otherwise. 15 minutes by default.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>How calls are made.</summary>
public abstract class MessagingOptions
{
    /// <summary>A call without an answer for this long fails with a <see cref="TimeoutException"/>. 30 s by default.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>How a silo's grains and services make calls.</summary>
public class SiloMessagingOptions : MessagingOptions;

/// <summary>How clients make calls.</summary>
public class ClientMessagingOptions : MessagingOptions;
