using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

/// <summary>Sums what the instruments of one meter factory count.</summary>
internal sealed class MeterCounts : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly MeterListener _listener;

    public MeterCounts(IMeterFactory meters)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == HttpMetrics.Meter && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) => _counts.AddOrUpdate(instrument.Name, count, (_, sum) => sum + count));
        _listener.Start();
    }

    public long Of(string instrument) => _counts.GetValueOrDefault(instrument);

    public void Dispose() => _listener.Dispose();
}
