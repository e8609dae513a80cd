namespace Orleans.Paxos.Verification.Exploration;

/// <summary>
/// Formats versions as the names of the requests that wrote them, such as <c>ab</c>. A version that no request wrote, because the register
/// ended there, is <c>.</c>
/// </summary>
internal static class ChainText
{
    public const char NoRequest = '.';

    /// <summary>Formats a state. What was before its origin is not known to it.</summary>
    public static string Of(RegisterState state) => Of("", state);

    /// <summary>Formats a state with the versions before its origin.</summary>
    /// <param name="before">A chain that has these versions. If it has others in their place, the result does not go on from it.</param>
    /// <param name="state">The state.</param>
    public static string Of(string before, RegisterState state)
    {
        var names = string.Concat(state.Window.Select(item => WorldScenario.NameOf(item.RequestId)));
        var origin = (int)state.Origin.Version;
        return origin == 0 ? names : before[..Math.Min(before.Length, origin - 1)].PadRight(origin, NoRequest) + names;
    }
}
