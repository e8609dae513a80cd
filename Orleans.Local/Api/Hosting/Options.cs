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
