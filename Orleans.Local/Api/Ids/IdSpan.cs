using System.Text;

namespace Orleans.Runtime;

/// <summary>A part of an id: bytes, which are text in UTF-8 unless someone made them otherwise.</summary>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    [Id(0)]
    private readonly byte[]? _value;

    // Ids are hashed several times in every call.
    [Id(1)]
    private readonly int _hashCode;

    /// <summary>Makes a part of an id.</summary>
    /// <param name="value">The bytes; not to be modified afterwards.</param>
    public IdSpan(byte[] value)
    {
        _value = value;
        var hash = default(HashCode);
        hash.AddBytes(value);
        _hashCode = hash.ToHashCode();
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Whether it was never set.</summary>
    public bool IsDefault => _value is null;

    /// <summary>Makes a part of an id.</summary>
    /// <param name="id">The text.</param>
    /// <returns>The part.</returns>
    public static IdSpan Create(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new IdSpan(Encoding.UTF8.GetBytes(id));
    }

    /// <summary>The bytes.</summary>
    /// <returns>The bytes; none when it was never set.</returns>
    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <inheritdoc/>
    public bool Equals(IdSpan other) =>
        ReferenceEquals(_value, other._value) || (_hashCode == other._hashCode && AsSpan().SequenceEqual(other.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <summary>Whether two parts are the same.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Whether two parts differ.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <summary>The text.</summary>
    /// <returns>The text; empty when it was never set.</returns>
    public override string ToString() => Encoding.UTF8.GetString(AsSpan());
}
