using System.Text;

namespace Orleans.Paxos;

/// <summary>The rules for a register's name.</summary>
/// <remarks>
/// 1 to 256 bytes of UTF-8; segments separated by single <c>/</c>, none at either end; no control characters;
/// none of <c>\ # ?</c>; not white space alone; a leading <c>!</c> is reserved for what this library keeps in registers (<see cref="ReservedNames"/>).
/// Names are compared byte by byte, and nothing is normalized.
/// </remarks>
public static class RegisterName
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks a register's name.</summary>
    /// <param name="name">The name to check.</param>
    /// <param name="mayBeReserved">Whether a reserved name will do.</param>
    /// <exception cref="ArgumentException">The name breaks a rule; the message names the rule and the limit.</exception>
    public static void Validate(string name, bool mayBeReserved = false)
    {
        if (Problem(name, mayBeReserved) is { } problem)
            throw new ArgumentException(problem, nameof(name));
    }

    /// <summary>Checks a prefix of register names.</summary>
    /// <param name="prefix">The prefix to check; empty matches every name that is not reserved.</param>
    /// <param name="mayBeReserved">Whether the prefix of reserved names will do.</param>
    /// <exception cref="ArgumentException">The prefix breaks a rule; the message names the rule and the limit.</exception>
    public static void ValidatePrefix(string prefix, bool mayBeReserved = false)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length == 0)
            return;
        var asName = prefix.EndsWith('/') ? prefix[..^1] : prefix;
        if (ProblemOfPrefix(asName, mayBeReserved) is not null)
            throw new ArgumentException($"No register's name starts with this prefix. {ProblemOfPrefix(prefix, mayBeReserved)}", nameof(prefix));
    }

    /// <summary>Whether a name is below a prefix. A reserved name is not below the empty one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="prefix">The prefix.</param>
    /// <returns>True if it is.</returns>
    public static bool IsBelow(string name, string prefix) =>
        prefix.Length == 0 ? name[0] != ReservedNames.Mark : name.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Describes what is wrong with a name.</summary>
    /// <param name="name">The name to check.</param>
    /// <param name="mayBeReserved">Whether a reserved name will do.</param>
    /// <returns>One or two sentences that name the rule, the limit and the remedy; null for a valid name.</returns>
    public static string? Problem(string? name, bool mayBeReserved = false)
    {
        if (ProblemOfPrefix(name, mayBeReserved) is { } problem)
            return problem;

        // Orleans takes no such key for a grain.
        return string.IsNullOrWhiteSpace(name) ? "A register's name is white space alone. Put a visible character into it." : null;
    }

    /// <summary>Says what is wrong with the beginning of a name, by the rules that no later character can satisfy.</summary>
    private static string? ProblemOfPrefix(string? name, bool mayBeReserved)
    {
        if (string.IsNullOrEmpty(name))
            return $"A register's name is empty. It takes 1 to {MaxBytes} bytes of UTF-8.";
        if (ByteCount(name) is not { } bytes)
            return "A register's name is not valid Unicode: it has half of a surrogate pair.";
        if (bytes > MaxBytes)
            return $"A register's name has {bytes} bytes of UTF-8; the limit is {MaxBytes}.";
        if (name[0] == ReservedNames.Mark && !mayBeReserved)
            return "A register's name starts with '!', which is reserved. Start it with another character.";
        if (name.Contains("//", StringComparison.Ordinal))
            return "A register's name has an empty segment ('//'). Separate segments with single '/'.";
        foreach (var character in name)
        {
            if (char.IsControl(character))
                return $"A register's name has the control character U+{(int)character:X4}. Leave it out.";
            if (character is '\\' or '#' or '?')
                return $"A register's name has '{character}'. A name cannot contain '\\', '#' or '?'.";
        }

        return name[0] == '/' || name[^1] == '/'
            ? "A register's name starts or ends with '/'. Separate segments with single '/', with none at either end."
            : null;
    }

    private static int? ByteCount(string name)
    {
        try
        {
            return StrictUtf8.GetByteCount(name);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
