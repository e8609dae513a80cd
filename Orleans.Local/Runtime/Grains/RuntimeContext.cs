using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>The activation whose turn the current thread runs.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? _current;

    public static IGrainContext? Current
    {
        get => _current;
        set => _current = value;
    }
}

/// <summary>What <see cref="Grain"/> asks of its activation beyond the public interface.</summary>
internal interface IActivationLifetime
{
    void KeepUntil(DateTimeOffset time);
}
