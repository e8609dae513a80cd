namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>Maps times and latencies to the picture: time to the right, and latency upwards on a logarithmic axis.</summary>
internal sealed class TimelineScale
{
    public const int Left = 64;
    public const int Width = 1116;
    public const int Height = 300;

    private const int MostTicks = 13;
    private static readonly int[] TickSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

    private readonly TimeSpan _from;
    private readonly TimeSpan _length;
    private readonly int _top;
    private readonly int _decades;

    public TimelineScale(TimeSpan from, TimeSpan until, TimeSpan longest, int top)
    {
        (_from, _top) = (from, top);
        _length = until > from ? until - from : TimeSpan.FromSeconds(1);
        _decades = Math.Max(3, (int)Math.Ceiling(Math.Log10(Math.Max(1, longest.TotalMilliseconds))));
    }

    /// <summary>Gets the positions and labels of the lines of the time axis.</summary>
    public IEnumerable<(double X, string Text)> Times()
    {
        var step = TickSeconds.FirstOrDefault(step => _length.TotalSeconds / step <= MostTicks, TickSeconds[^1]);
        for (var second = 0; second <= _length.TotalSeconds; second += step)
            yield return (X(_from + TimeSpan.FromSeconds(second)), step >= 60 ? $"{second / 60} min" : $"{second} s");
    }

    /// <summary>Gets the positions and labels of the lines of the latency axis, one for each power of ten milliseconds.</summary>
    public IEnumerable<(double Y, string Text)> Latencies()
    {
        var milliseconds = 1;
        for (var decade = 0; decade <= _decades; decade++, milliseconds *= 10)
            yield return (Y(TimeSpan.FromMilliseconds(milliseconds)), milliseconds < 1000 ? $"{milliseconds} ms" : $"{milliseconds / 1000} s");
    }

    public double X(TimeSpan time) => Left + (Math.Clamp((time - _from) / _length, 0, 1) * Width);

    public double Y(TimeSpan latency) => _top + (Height * (1 - (Math.Log10(Math.Clamp(latency.TotalMilliseconds, 1, Math.Pow(10, _decades))) / _decades)));
}
