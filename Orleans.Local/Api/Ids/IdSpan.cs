using System.Text;

namespace Orleans.Runtime;

/// <summary>A part of an id, as text.</summary>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    [Id(0)]
    private readonly string? _value;

    // Ids are hashed on every call and made far less often.
    [Id(1)]
    private readonly int _hashCode;

    private IdSpan(string value)
    {
        _value = value;
        _hashCode = value.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Whether it was never set.</summary>
    public bool IsDefault => _value is null;

    /// <summary>Makes a part of an id.</summary>
    /// <param name="id">The text.</param>
    /// <returns>The part.</returns>
    public static IdSpan Create(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new IdSpan(id);
    }

    /// <summary>The text in UTF-8.</summary>
    /// <returns>New bytes.</returns>
    public ReadOnlySpan<byte> AsSpan() => Encoding.UTF8.GetBytes(ToString());

    /// <inheritdoc/>
    public bool Equals(IdSpan other) => _hashCode == other._hashCode && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);

    /// <summary>Whether two parts are the same.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Whether two parts differ.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <summary>The text.</summary>
    /// <returns>The text; empty when it was never set.</returns>
    public override string ToString() => _value ?? "";
}
