using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>Who holds references: a silo, or a client. Its calls enter the cluster through a gateway.</summary>
internal abstract partial class Caller(PendingCalls pending, ILogger logger)
{
    public PendingCalls Pending { get; } = pending;

    /// <summary>Why there is no gateway, for the error.</summary>
    public abstract string WhyNoGateway { get; }

    /// <summary>The silo through which a call of a grain goes; null when there is none.</summary>
    public abstract LocalSilo? GatewayFor(GrainId grainId);

    public void LogOneWayFailure(Call call, Exception exception) => LogOneWayFailure(logger, call, exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The one-way call {Call} failed; its caller does not hear of it.")]
    private static partial void LogOneWayFailure(ILogger logger, Call call, Exception exception);
}

/// <summary>The grains and services of a silo.</summary>
internal sealed class SiloCaller(LocalSilo silo, PendingCalls pending, ILogger logger) : Caller(pending, logger)
{
    public override string WhyNoGateway => $"the caller's silo '{silo.Name}' has stopped or was killed";

    public override LocalSilo? GatewayFor(GrainId grainId) => silo.Gate.IsClosed ? null : silo;
}

/// <summary>A client that uses all live silos, each grain's calls through one of them.</summary>
internal sealed class ClusterCaller(Membership membership, PendingCalls pending, ILogger logger) : Caller(pending, logger)
{
    public override string WhyNoGateway => "no silo of the cluster runs";

    public override LocalSilo? GatewayFor(GrainId grainId)
    {
        var silos = membership.Active;
        return silos.Length == 0 ? null : silos[(int)((uint)grainId.GetHashCode() % (uint)silos.Length)];
    }
}

/// <summary>A client with one gateway.</summary>
internal sealed class GatewayCaller(string siloName, Membership membership, PendingCalls pending, ILogger logger) : Caller(pending, logger)
{
    public override string WhyNoGateway => $"the client's gateway '{siloName}' does not run";

    public override LocalSilo? GatewayFor(GrainId grainId) => membership.FindActive(siloName);
}
