using System.Collections.Concurrent;
using Orleans.Serialization;

namespace Orleans.Local;

/// <summary>Decides which exceptions may reach a caller as they are.</summary>
internal static class Failures
{
    private static readonly ConcurrentDictionary<Type, string?> Problems = new();

    /// <summary>
    /// Lets an exception pass, except one of the application's own types that cannot be serialized: over a network its members would
    /// be lost, so its caller is told what is missing.
    /// </summary>
    public static Exception Admit(Exception exception)
    {
        var problem = Problems.GetOrAdd(exception.GetType(), Problem);
        return problem is null ? exception : new CodecNotFoundException(problem, exception);
    }

    private static string? Problem(Type type)
    {
        if (!GrainClasses.UsesOrleans(type.Assembly))
            return null;
        try
        {
            Copiers.For(type, "an exception thrown by a grain");
            return null;
        }
        catch (CodecNotFoundException refusal)
        {
            return refusal.Message;
        }
    }
}
