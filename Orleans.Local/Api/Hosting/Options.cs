namespace Orleans.Configuration;

/// <summary>Names a silo.</summary>
public class SiloOptions
{
    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = "";
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
