namespace Orleans.Runtime;

/// <summary>Where a grain is active.</summary>
[GenerateSerializer, Immutable]
public sealed record GrainAddress
{
    /// <summary>The grain.</summary>
    [Id(0)]
    public GrainId GrainId { get; init; }

    /// <summary>The activation.</summary>
    [Id(1)]
    public ActivationId ActivationId { get; init; }

    /// <summary>The silo.</summary>
    [Id(2)]
    public SiloAddress? SiloAddress { get; init; }

    /// <summary>Grain and silo.</summary>
    /// <returns>For logs.</returns>
    public override string ToString() => $"[{SiloAddress} {GrainId} {ActivationId}]";
}

/// <summary>Names an activation.</summary>
/// <param name="key">An id used once.</param>
[GenerateSerializer, Immutable]
public readonly struct ActivationId(Guid key) : IEquatable<ActivationId>
{
    [Id(0)]
    private readonly Guid _key = key;

    /// <summary>Whether it was never set.</summary>
    public bool IsDefault => _key == Guid.Empty;

    /// <inheritdoc/>
    public bool Equals(ActivationId other) => _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    /// <summary>Whether two ids name the same activation.</summary>
    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    /// <summary>Whether two ids name different activations.</summary>
    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => $"@{_key:N}";

    // The contracts' one place that makes ids stands above this project.
#pragma warning disable RS0030
    internal static ActivationId NewId() => new(Guid.NewGuid());
#pragma warning restore RS0030
}
