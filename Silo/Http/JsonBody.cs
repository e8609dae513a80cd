using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Reads the JSON in the body of a request. What it does not know is an error, so that nothing is misspelt unnoticed.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Strict = Options(requiresAll: true);
    private static readonly JsonSerializerOptions Lenient = Options(requiresAll: false);

    /// <summary>Reads a body that has every member.</summary>
    /// <exception cref="ProblemException">The body is not the JSON that the path takes.</exception>
    public static Task<T> ReadWholeAsync<T>(HttpContext context, int limitBytes) => ReadAsync<T>(context, limitBytes, Strict);

    /// <summary>Reads a body whose members may be left out.</summary>
    /// <exception cref="ProblemException">The body is not the JSON that the path takes.</exception>
    public static Task<T> ReadAsync<T>(HttpContext context, int limitBytes) => ReadAsync<T>(context, limitBytes, Lenient);

    /// <summary>The problem with a body.</summary>
    public static ProblemException Bad(Exception exception) =>
        new(CoordinationProblems.BadBody($"The body is not the JSON that this path takes: {exception.Message.TrimEnd('.')}."));

    private static async Task<T> ReadAsync<T>(HttpContext context, int limitBytes, JsonSerializerOptions options)
    {
        var body = await RequestBody.ReadAsync(context, limitBytes);
        try
        {
            return JsonSerializer.Deserialize<T>(body, options) ?? throw new JsonException("it is the JSON null");
        }
        catch (JsonException exception)
        {
            throw Bad(exception);
        }
    }

    private static JsonSerializerOptions Options(bool requiresAll) => new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = requiresAll,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };
}
