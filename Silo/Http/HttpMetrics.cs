using System.Diagnostics.Metrics;

namespace Orleans.Paxos.Silo.Http;

/// <summary>What the HTTP interface counts, in the meter <c>Orleans.Paxos</c>.</summary>
internal sealed class HttpMetrics
{
    /// <summary>The meter's name.</summary>
    public const string Meter = "Orleans.Paxos";

    private readonly UpDownCounter<long> _taken;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes meters.</param>
    public HttpMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        _taken = meter.CreateUpDownCounter<long>("paxos.http.answers.memory", "By", "Memory that answers under way take of their budget.");
        _refused = meter.CreateCounter<long>("paxos.http.answers.refused", "{request}", "Requests that were refused because too many answers were under way.");
        _dropped = meter.CreateCounter<long>("paxos.http.readers.dropped", "{connection}", "Connections that were closed because their reader did not read.");
    }

    /// <summary>Memory is taken, or given back.</summary>
    /// <param name="bytes">How much; below zero when it is given back.</param>
    public void Taken(long bytes) => _taken.Add(bytes);

    /// <summary>A request was refused.</summary>
    public void Refused() => _refused.Add(1);

    /// <summary>A reader was dropped.</summary>
    public void Dropped() => _dropped.Add(1);
}
