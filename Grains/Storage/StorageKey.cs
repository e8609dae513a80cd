using System.Text;

namespace Orleans.Paxos.Storage;

/// <summary>
/// Converts names to storage keys. Different names have different keys: some providers map several characters to one (Azure Table storage
/// maps <c>/ \ # ?</c> to <c>_</c>), and two registers must never share a record.
/// </summary>
internal static class StorageKey
{
    private static readonly GrainType Type = GrainType.Create("paxos");

    /// <summary>
    /// The key of a storage's record about itself. It names no acceptor, so that whoever opens the storage finds it; no other key begins
    /// with '~'.
    /// </summary>
    public static GrainId Identity { get; } = GrainId.Create(Type, "~identity");

    /// <summary>The key of an acceptor's record about a register.</summary>
    public static GrainId Of(string acceptor, string register) => GrainId.Create(Type, $"{Encode(acceptor)}~{Encode(register)}");

    /// <summary>The key of an acceptor's other records.</summary>
    public static GrainId Of(string acceptor) => GrainId.Create(Type, Encode(acceptor));

    /// <summary>
    /// Encodes a name. Letters, digits, '-' and '.' stay as they are; every other byte of the UTF-8 form becomes '_' and two hexadecimal
    /// digits.
    /// </summary>
    public static string Encode(string name)
    {
        var encoded = new StringBuilder(name.Length + 16);
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.')
                encoded.Append((char)value);
            else
                encoded.Append('_').Append(value.ToString("x2"));
        }

        return encoded.ToString();
    }
}
