using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Orleans.Paxos;

/// <summary>Where a watcher of a prefix is. Watchers hand its text on as it came.</summary>
/// <param name="Log">The log of the silo that issued it.</param>
/// <param name="Seq">Up to where the watcher has that log.</param>
/// <param name="ListedThrough">The last name that was listed; null when the listing is over.</param>
/// <param name="Marks">For each acceptor, the position in its feed up to which the watcher has everything.</param>
public sealed record PrefixCursor(Guid Log, long Seq, string? ListedThrough, ImmutableArray<FeedMark> Marks)
{
    private const byte Format = 2;

    /// <summary>Parses what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cursor">The cursor; null if the text is not one.</param>
    /// <returns>Whether the text is a cursor.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out PrefixCursor? cursor)
    {
        try
        {
            cursor = Read(Base64Url.DecodeFromChars(text));
        }
        catch (Exception exception) when (exception is FormatException or IOException)
        {
            cursor = null;
        }

        return cursor is not null;
    }

    /// <summary>Writes it as text.</summary>
    /// <returns>Letters, digits, hyphens and underscores.</returns>
    public override string ToString()
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write(Format);
            writer.Write(Log.ToByteArray());
            writer.Write7BitEncodedInt64(Seq);
            writer.Write(ListedThrough is not null);
            if (ListedThrough is not null)
                writer.Write(ListedThrough);
            writer.Write((byte)Marks.Length);
            foreach (var mark in Marks)
            {
                writer.Write(mark.Feed.ToByteArray());
                writer.Write7BitEncodedInt64(mark.Through);
            }
        }

        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <returns>Null if it has another format.</returns>
    private static PrefixCursor? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        if (reader.ReadByte() != Format)
            return null;
        var log = ReadId(reader);
        var seq = reader.Read7BitEncodedInt64();
        var listedThrough = reader.ReadBoolean() ? reader.ReadString() : null;
        var marks = new FeedMark[reader.ReadByte()];
        for (var index = 0; index < marks.Length; index++)
            marks[index] = new FeedMark(ReadId(reader), reader.Read7BitEncodedInt64());
        return new PrefixCursor(log, seq, listedThrough, [.. marks]);
    }

    private static Guid ReadId(BinaryReader reader)
    {
        var bytes = reader.ReadBytes(16);
        return bytes.Length == 16 ? new Guid(bytes) : throw new EndOfStreamException();
    }
}

/// <summary>A position in an acceptor's feed.</summary>
/// <param name="Feed">The feed; empty for none.</param>
/// <param name="Through">The position.</param>
public readonly record struct FeedMark(Guid Feed, long Through);
