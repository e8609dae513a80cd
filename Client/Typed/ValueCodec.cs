using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Client.Typed;

/// <summary>Encodes values as bytes: <c>byte[]</c> as it is, <c>string</c> as UTF-8, any other type as JSON.</summary>
internal static class ValueCodec
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The value cannot be written as bytes.</exception>
    public static byte[] Encode<T>(T value)
    {
        try
        {
            if (typeof(T) == typeof(byte[]) || typeof(T) == typeof(string))
                ArgumentNullException.ThrowIfNull(value);

            // Copy the bytes in both directions: a chosen value must not change with an array that the application keeps.
            if (typeof(T) == typeof(byte[]))
                return [.. (byte[])(object)value!];
            if (typeof(T) == typeof(string))
                return StrictUtf8.GetBytes((string)(object)value!);
            return JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException("The value is not valid Unicode: it has half of a surrogate pair.", nameof(value), exception);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new ArgumentException($"The value cannot be written as JSON: {exception.Message}", nameof(value), exception);
        }
    }

    /// <exception cref="RegisterValueFormatException">The bytes are not a value of the type.</exception>
    public static T? Decode<T>(string register, RegisterEntry entry)
    {
        try
        {
            if (typeof(T) == typeof(byte[]))
                return (T)(object)entry.Value.ToArray();
            if (typeof(T) == typeof(string))
                return (T)(object)StrictUtf8.GetString(entry.Value);
            return JsonSerializer.Deserialize<T>(entry.Value, JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or DecoderFallbackException)
        {
            throw new RegisterValueFormatException(register, entry.Version, typeof(T), exception);
        }
    }
}
