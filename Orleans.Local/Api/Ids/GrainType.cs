namespace Orleans.Runtime;

/// <summary>The type of a grain in its id.</summary>
/// <param name="id">The name.</param>
[GenerateSerializer, Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>
{
    [Id(0)]
    private readonly IdSpan _value = id;

    /// <summary>Makes a type.</summary>
    /// <param name="value">The name in UTF-8; not to be modified afterwards.</param>
    public GrainType(byte[] value)
        : this(new IdSpan(value))
    {
    }

    /// <summary>The name.</summary>
    public IdSpan Value => _value;

    /// <summary>Whether it was never set.</summary>
    public bool IsDefault => _value.IsDefault;

    /// <summary>Makes a type.</summary>
    /// <param name="value">The name.</param>
    /// <returns>The type.</returns>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainType(IdSpan.Create(value));
    }

    /// <summary>The name in UTF-8.</summary>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> AsSpan() => _value.AsSpan();

    /// <inheritdoc/>
    public bool Equals(GrainType other) => _value.Equals(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => _value.CompareTo(other._value);

    /// <summary>Whether two types are the same.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Whether two types differ.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => _value.ToString();
}

/// <summary>The type of a grain interface.</summary>
/// <param name="value">The interface's alias or full name.</param>
public readonly struct GrainInterfaceType(string value) : IEquatable<GrainInterfaceType>
{
    private readonly string? _value = value;

    /// <summary>Whether it was never set.</summary>
    public bool IsDefault => _value is null;

    /// <inheritdoc/>
    public bool Equals(GrainInterfaceType other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_value ?? "", StringComparison.Ordinal);

    /// <summary>Whether two types are the same.</summary>
    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    /// <summary>Whether two types differ.</summary>
    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);

    /// <summary>The name.</summary>
    /// <returns>The name; empty when it was never set.</returns>
    public override string ToString() => _value ?? "";
}
